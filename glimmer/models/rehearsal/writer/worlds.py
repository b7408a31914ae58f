"""Worlds: where a story can happen. Places with what is seen there, things to hold, who else is about.

Sentences only; they are laid into scenes by `draft`. Each says something a camera can see or a microphone hear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["WORLDS", "Place", "World", "world_named"]


@dataclass(frozen=True)
class Place:
    """A scene heading without its time of day, and sentences on what is there, best first."""

    heading: str
    sights: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """Words that call for it, its places (the first is home, the last is where it ends), props, and a companion."""

    name: str
    words: str
    places: tuple[Place, ...]
    props: tuple[str, ...]
    companion: str  # a second character when the logline names none: "noun, looks"
    hero: str  # a first one when it names nobody


def _places(text: str) -> tuple[Place, ...]:
    """Places from lines: a heading, then its sights, a blank line between places."""
    blocks = [block.strip().splitlines() for block in text.strip().split("\n\n")]
    return tuple(Place(lines[0].strip(), tuple(line.strip() for line in lines[1:])) for lines in blocks)


WORLDS: Final[tuple[World, ...]] = (
    World(
        "sea",
        "sea ocean lighthouse whale ship boat sailor harbour harbor island beach coast fisherman fisherwoman mermaid pirate captain keeper tide wave dolphin submarine diver port gull shore",
        _places("""
EXT. HARBOUR
Small boats knock against the stones.
Gulls stand in a row on the wall and wait for scraps.
A rope creaks, tight, then slack.

INT. LIGHTHOUSE LAMP ROOM
The great lens turns. Its beam slides over the water and is gone.
Salt has dried white on the glass.
A kettle steams beside a stack of old logbooks.

EXT. ROWING BOAT
The oars drip. Nothing but water, all the way to the sky.
Fog lies on the water like a sheet over furniture.
Far behind, the shore is a thin grey line.

EXT. ROCKY BEACH
A wave breaks, drags the pebbles back, breaks again.
Driftwood lies along the tide line like bones.
The wind throws spray over the rocks.

EXT. LIGHTHOUSE GALLERY
The whole bay lies below, wrinkled and shining.
The rail is wet and cold. The sea breathes underneath.
One star comes out over the water.
"""),
        ("a storm lantern", "a coil of rope", "an old logbook", "a brass bell"),
        "fisherman, wind-burned and patient",
        "keeper, in a yellow raincoat",
    ),
    World(
        "city",
        "city street taxi detective police thief gangster apartment subway cab driver rooftop noir cop alley reporter bank robber robbery heist criminal murder hitman neighbour neighbor barber journalist downtown london paris tokyo",
        _places("""
EXT. CITY STREET
Neon shakes in the puddles. A bus sighs and pulls away.
Steam rises from a grate. Nobody looks up.
A traffic light changes for an empty crossing.

INT. ALL-NIGHT CAFE
A tired fan turns above six empty stools.
Two cups of coffee, neither touched.
The window glass is beaded with rain.

INT. APARTMENT
Boxes stand unpacked along the wall. One lamp is on.
A phone lies face up on the floor, dark.
Next door, somebody plays four bars on a piano and stops.

EXT. ALLEY
A fire escape drips. A cat watches from a bin.
Posters peel from the brick, one on top of another.
A door stands open an inch. Light leaks out of it.

EXT. ROOFTOP
The whole city hums below, lit like a circuit board.
Washing flaps on a line between two aerials.
A plane crosses slowly, blinking.
"""),
        ("a folded photograph", "a set of keys", "a battered suitcase", "a paper cup"),
        "bartender, sleeves rolled, seen it all",
        "night driver, unshaven, in a leather jacket",
    ),
    World(
        "space",
        "space astronaut mars moon planet spaceship spacecraft rocket alien star orbit galaxy cosmonaut satellite station robot android mission asteroid earth colony probe universe martian",
        _places("""
INT. SPACE STATION CORRIDOR
A pen drifts past, turning slowly.
Panels blink green, green, amber.
Somewhere behind the wall, a pump coughs and goes on.

INT. COCKPIT
A curve of blue light fills the window.
Every switch has a strip of tape with a handwritten name.
A red lamp pulses without a sound.

EXT. GREY PLAIN OF A MOON
Bootprints run back to the lander. No wind will ever fill them.
The sky is black at noon.
Dust hangs where a foot has been, then falls, slow as snow.

INT. AIRLOCK
Two helmets hang side by side. One visor is cracked.
The outer door counts down in yellow numbers.
Breath fogs the small round window.

INT. OBSERVATION DOME
Stars, more than anyone could ever use.
The Earth rises, small enough to cover with a thumb.
The sun comes around the edge and everything turns gold.
"""),
        ("a scratched helmet", "a hand radio", "a small green plant in a jar", "a torn star chart"),
        "robot, dented, one eye flickering",
        "pilot, grey at the temples, in a patched flight suit",
    ),
    World(
        "forest",
        "forest wood woods tree wolf fox bear deer witch hunter ranger camp bird owl squirrel hedgehog wild animal river lake cabin mushroom jungle elf fairy troll",
        _places("""
EXT. FOREST PATH
Light falls in coins between the trunks.
A twig snaps. Every bird stops at once.
Moss has eaten the old signpost to its knees.

EXT. CLEARING
Tall grass, and a stump as wide as a table.
Seeds drift across a shaft of sun.
A ring of mushrooms stands pale in the shade.

INT. CABIN
A fire ticks in the stove. Herbs hang from the beams.
Rain drums on the roof, steady, patient.
Muddy boots stand by the door, two sizes.

EXT. RIVER BANK
Black water slides under a fallen trunk.
A heron lifts, slow, and goes.
Stones lie in a broken line to the far side.

EXT. HILL ABOVE THE TREES
The forest rolls away below, blue behind blue.
Smoke stands straight up from one far chimney.
The wind bends the grass all one way.
"""),
        ("a lantern", "a carved wooden whistle", "a red scarf", "a hand-drawn map"),
        "fox, thin, with a torn ear",
        "ranger, in a green coat gone grey at the elbows",
    ),
    World(
        "desert",
        "desert sand camel cowboy sheriff west western outlaw gold dune oasis nomad horse saloon bounty gunslinger cactus caravan",
        _places("""
EXT. DESERT ROAD
Heat bends the road until it floats.
A signpost points at nothing in both directions.
A hawk hangs in the white sky, in no hurry.

INT. SALOON
Dust turns in the stripes of light from the shutters.
A clock ticks over a row of empty bottles.
Every chair is up on its table but one.

EXT. DUNES
One line of footprints, already half gone.
Sand hisses along the ridge like something pouring.
The sun sits on the edge of the world, red and flat.

EXT. DRY WELL
A bucket swings on its rope and knocks the stone.
Lizards scatter from the wall.
Three crosses lean in the sand behind it.

EXT. OASIS
Palms stand with their feet in water like glass.
Somebody's goat drinks and looks up.
The first stars lie in the pool.
"""),
        ("a water flask", "a dented compass", "a letter with a broken seal", "a silver coin"),
        "trader, in a blue headscarf, smiling with one side of the mouth",
        "drifter, sunburnt, in a long coat",
    ),
    World(
        "school",
        "school student teacher class pupil college university teenager exam classmate bully prom professor principal playground kid children spelling",
        _places("""
INT. SCHOOL CORRIDOR
Rows of lockers, one hanging open.
A bell rings. For three seconds the whole building roars.
A paper plane lies under a radiator.

INT. CLASSROOM
Chalk dust hangs in the window light.
Someone has drawn a small dragon in the corner of the board.
Twenty chairs, nineteen of them neat.

EXT. PLAYGROUND
A swing moves by itself, slower and slower.
Chalk squares fade on the tarmac: seven, eight, nine.
A ball rolls against the fence and stays there.

INT. SCHOOL LIBRARY
A lamp makes a yellow island on a long table.
Books stand in leaning towers.
A clock over the door is ten minutes slow.

INT. ASSEMBLY HALL
Rows and rows of empty chairs face a small stage.
One spotlight is on. Dust falls through it.
The curtain stirs as if someone stood behind it.
"""),
        ("a folded note", "a torn exercise book", "a scuffed football", "a paper crown"),
        "caretaker, with a ring of keys and a slow smile",
        "girl, eleven, with ink on her fingers",
    ),
    World(
        "kitchen",
        "kitchen chef cook restaurant baker bakery bread cake food waiter waitress recipe soup cafe café diner pizza pastry noodle dinner wine",
        _places("""
INT. RESTAURANT KITCHEN
Copper pans swing on their hooks. A pot lid rattles.
Steam climbs the tiles and runs down again.
Flour lies over everything like first snow.

INT. DINING ROOM
Twelve tables laid for nobody. The candles are new.
A spoon rings against a glass, once.
Rain streaks the gold letters on the window.

EXT. BACK DOOR
Crates of lemons glow under a bare bulb.
A cat waits with its tail around its feet.
Somebody's radio plays two floors up.

EXT. MARKET
Stalls, shouting, oranges built into pyramids.
Ice melts in bright drops from the fish counter.
A bell swings over the scales.

INT. SMALL KITCHEN AT HOME
One chair, one plate, one window.
A recipe card is taped to the cupboard, brown at the edges.
The oven light glows like a small theatre.
"""),
        ("a wooden spoon", "a stained recipe card", "a copper pan", "a loaf wrapped in cloth"),
        "dishwasher, nineteen, with wet sleeves",
        "cook, broad, with burns on both forearms",
    ),
    World(
        "hospital",
        "hospital doctor nurse patient surgeon illness sick cancer memory dementia ward dying cure virus medicine clinic coma",
        _places("""
INT. HOSPITAL CORRIDOR
The lights go on for ever, one square after another.
A trolley stands alone, one wheel still turning.
Rubber soles squeak somewhere out of sight.

INT. WARD
A curtain breathes in and out with the window.
A green line climbs, falls, climbs.
Paper flowers stand in a plastic cup.

EXT. HOSPITAL GARDEN
Three benches, one tree, a fence.
A leaf comes down and takes its time.
Someone has tied a yellow ribbon to the rail.

INT. WAITING ROOM
A fish tank bubbles in the corner. One fish.
The magazines are from another year.
The vending machine hums and drops nothing.

EXT. HOSPITAL ROOF
The town lies below with all its small lights.
Sheets snap on a line in the wind.
A red lamp blinks on a mast, for the helicopters.
"""),
        ("a paper flower", "a wristwatch", "a knitted blanket", "a shoebox of photographs"),
        "nurse, at the end of a long shift",
        "patient, thin, in a dressing gown too big",
    ),
    World(
        "farm",
        "farm farmer village field barn cow sheep goat pig country rural shepherd harvest tractor meadow hill grandmother grandfather orchard garden gardener flower bee seed scarecrow",
        _places("""
EXT. FARMYARD
Hens walk through the mud as if it were a palace.
A gate swings, and swings back.
Milk cans stand in a row in the first light.

INT. BARN
Bars of sun stand in the dust.
Something moves in the straw, and stops.
A swallow flicks in through the high window.

EXT. FIELD
Barley moves in long waves, like breath.
A scarecrow leans into the wind, one arm down.
The track runs straight to the edge of the sky.

INT. FARMHOUSE KITCHEN
A clock, a stove, a table with a hundred knife marks.
Boots dry by the fire.
Jars of plums glow on the sill.

EXT. HILLTOP TREE
One old oak. The whole valley is laid out below it.
Names are cut deep in the bark.
Bells, far off, from two villages at once.
"""),
        ("a tin bucket", "a straw hat", "a handful of seeds", "a rusted key"),
        "neighbour, in a patched jacket, chewing a stalk",
        "farmer, in a coat tied with string",
    ),
    World(
        "castle",
        "castle king queen princess prince knight dragon kingdom wizard magic spell sword throne medieval crown sorcerer goblin giant curse legend quest fairytale jester bard",
        _places("""
INT. THRONE ROOM
Banners hang still. The throne is empty.
A crack of daylight lies across the floor like a drawn sword.
Pigeons walk in the roof beams.

EXT. CASTLE WALL
Torches lean in the wind. Far below, a river turns.
A horn sounds once, a long way off.
Crows drop from the tower and rise again.

INT. DUNGEON
Water counts the seconds, drop by drop.
Scratches cover the wall in rows of five.
A rat sits up and washes its face.

EXT. DARK WOOD
Roots cross the path like sleeping arms.
A white stag looks, and is not there.
Lanterns of green light hang between the trees.

EXT. MOUNTAIN PASS
The kingdom lies below, no bigger than a quilt.
Snow smokes from the peaks.
The clouds open. Light walks over the valley.
"""),
        ("a rusted sword", "a sealed letter", "a small gold ring", "a cracked mirror"),
        "jester, with bells that no longer ring",
        "knight, young, in armour that doesn't fit",
    ),
    World(
        "railway",
        "train railway station conductor platform journey passenger traveler traveller commuter ticket locomotive suitcase stationmaster bus road drive driver truck motorcycle highway hitchhiker",
        _places("""
EXT. STATION PLATFORM
The rails hum before there is anything to see.
A clock with one hand hangs over the bench.
Leaves blow along the yellow line.

INT. TRAIN COMPARTMENT
Fields run past, then a river, then fields.
Two seats face each other. A coat lies on one.
A glass trembles on the small folding table.

INT. WAITING ROOM
A stove glows. A dog is asleep under the timetable.
Every chair has a name scratched into its arm.
The ticket window is shut. Behind it, a light.

EXT. RAILWAY LINE
Wires sing in the wind.
Poppies grow between the sleepers.
A signal drops from red to green, for no one.

EXT. TERMINUS
The rails simply stop, at two buffers and a flower bed.
Beyond the roof there is the sea, all at once.
Doors open along the whole train, one after another.
"""),
        ("a one-way ticket", "a brown suitcase", "a pocket watch", "a paper bag of cherries"),
        "conductor, in a cap with a broken badge",
        "traveller, in a coat too warm for the day",
    ),
    World(
        "stage",
        "theatre theater stage actor actress singer musician pianist piano violin violinist band orchestra dancer ballet dance song concert opera circus clown magician music guitar drummer composer conductor cellist jazz film movie director puppet",
        _places("""
INT. EMPTY THEATRE
Six hundred red seats, folded shut.
A single bulb burns on a stand at the front of the stage.
Ropes hang in the dark like vines.

INT. DRESSING ROOM
Bulbs frame the mirror. Three of them are dead.
Dried roses stand in a jam jar.
A costume hangs on the door like a person waiting.

INT. REHEARSAL ROOM
A piano with its lid up. Tape crosses on the floor.
Afternoon comes in sideways through tall windows.
A metronome ticks, forgotten.

EXT. STAGE DOOR
A poster, half torn. The date is tonight.
Moths circle the lamp over the steps.
Music leaks through the bricks, then laughter.

INT. STAGE
Beyond the lights, darkness. It coughs. It is full of people.
The curtain rises with a long soft breath.
Dust turns gold in the beam.
"""),
        ("a cracked violin case", "a sheet of music", "a top hat", "a pair of worn shoes"),
        "stagehand, in black, with a torch between the teeth",
        "singer, in a borrowed coat",
    ),
    World(
        "snow",
        "snow mountain ice arctic antarctic winter climber climb penguin polar glacier ski avalanche cold summit everest expedition sled husky christmas santa reindeer",
        _places("""
EXT. SNOWFIELD
White, and a single line of tracks.
The wind lifts the snow and lays it down again.
A flag on a pole has frozen in mid-wave.

INT. MOUNTAIN HUT
Frost ferns cover the inside of the glass.
A stove roars. Wet gloves steam above it.
Names and dates are cut into the table.

EXT. ICE RIDGE
To the left, air. To the right, air.
The rope runs out, blue on white, and round a corner.
Ice falls somewhere below, and falls, and falls.

INT. ICE CAVE
Blue light comes through the walls.
Each drop of water rings like a small bell.
Breath hangs and doesn't leave.

EXT. SUMMIT
There is no more up.
The shadow of the mountain lies across half a country.
The cloud breaks. Everything below is gold.
"""),
        ("a red rope", "a tin mug", "a frozen compass", "a wool hat"),
        "guide, with ice in the eyebrows",
        "climber, lips cracked, one glove missing",
    ),
    World(
        "war",
        "war soldier army battle trench bomb enemy general refugee occupied medic nazi rebellion resistance spy border invasion prisoner prison jail guard escape warden inmate cell",
        _places("""
EXT. RUINED STREET
A staircase climbs to a floor that isn't there.
A tram stands dead on its rails, full of leaves.
Smoke leans over the roofs.

INT. CELLAR
A candle in a bottle. Dust falls at each far thud.
Someone has chalked a window on the wall, with curtains.
Blankets lie in a row, neatly folded.

EXT. CHECKPOINT
A striped barrier. A lamp that looks at everyone.
Boots pass on wet gravel, four at a time.
A dog pulls at its chain and is told to be quiet.

EXT. BROKEN BRIDGE
The river runs brown and fast through the gap.
One cable still holds. It sings.
On the far bank, a light goes on and off.

EXT. ROAD AT THE BORDER
A line of carts and prams, and at the end of it, open fields.
A child's shoe lies on the white line.
Birds cross over without stopping.
"""),
        ("a folded map", "a wind-up radio", "a heel of bread", "a set of papers"),
        "medic, with a torn armband",
        "soldier, young, with a bandaged hand",
    ),
    World(
        "office",
        "office boss company employee job programmer computer hacker startup lawyer court judge trial politician president election salesman accountant ai machine scientist laboratory lab inventor invention experiment",
        _places("""
INT. OPEN OFFICE
Forty screens sleep. One is awake.
A plant has grown around the leg of a desk.
The lift arrives, opens, closes, leaves.

INT. LABORATORY
Glass and wire and one blinking light.
Equations cover a board and go on over the wall.
Something small ticks under a cloth.

INT. MEETING ROOM
Nine chairs. A bowl of untouched mints.
The blinds cut the skyline into strips.
A marker squeaks and gives up.

INT. SERVER ROOM
Blue lights blink in rows, like a town from the air.
Cold air pushes at every loose paper.
A cable hangs unplugged, swinging a little.

EXT. CAR PARK
One car left, under the only lamp.
The building goes dark, floor by floor.
Morning comes up pink behind the antennas.
"""),
        ("a cardboard box", "a cracked tablet", "a mug with no handle", "a visitor's badge"),
        "night cleaner, with headphones round the neck",
        "engineer, in yesterday's shirt",
    ),
    World(
        "library",
        "library librarian book writer author novelist museum painter artist painting poet archive letter story bookshop antique clock clockmaker watchmaker toy toymaker shop workshop ghost haunted mansion house hotel",
        _places("""
INT. OLD LIBRARY
Shelves go up into the dark. A ladder leans on nothing.
Lamps burn green down the middle of the room.
A page turns itself over in the draught.

INT. WORKSHOP
Forty clocks disagree about the time.
Shavings curl on the bench under a magnifying lamp.
Tools hang in the order of their size.

INT. LONG GALLERY
Faces in gold frames look the other way.
A rope hangs across a doorway. The room behind it is bare.
Moonlight lies on the floor in squares.

INT. ATTIC
A rocking horse, a trunk, a window no bigger than a plate.
Everything is under sheets. One sheet is on the floor.
Dust jumps at each step.

EXT. WALLED GARDEN
Roses have climbed over the statue's face.
A fountain, dry for years, holds a puddle of sky.
A door in the wall stands open.
"""),
        ("a leather-bound book", "a bundle of letters", "a small brass key", "a magnifying glass"),
        "apprentice, with a pencil behind the ear",
        "librarian, in a cardigan with one button left",
    ),
)


def world_named(name: str) -> World:
    return next(world for world in WORLDS if world.name == name)
