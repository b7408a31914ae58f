"""The words by which a script says what someone is: creatures, roles, kin, ages; and the capitals that name nobody.

Tables only, for `cast` to look things up in. A word stands once, in lower case; add to them freely.
"""

from __future__ import annotations

from typing import Final, Literal

__all__ = ["ADULT", "CREATURES", "CROWDS", "GENDERED", "NOT_PEOPLE", "NUMBER_WORDS", "PEOPLE", "TEXT_AGES"]

_KINDS: Final = {  # kind: what it is also called. The kind is what an artist is told to draw.
    "whale": "whale humpback orca leviathan calf",
    "dolphin": "dolphin porpoise",
    "fish": "fish goldfish shark salmon eel",
    "octopus": "octopus squid kraken",
    "seal": "seal walrus",
    "crab": "crab lobster",
    "turtle": "turtle tortoise",
    "dog": "dog puppy hound terrier spaniel retriever poodle collie labrador mutt mongrel sheepdog bulldog dachshund beagle corgi greyhound",
    "cat": "cat kitten tomcat tabby",
    "bird": "bird gull seagull sparrow robin pigeon dove crow raven magpie goose duck hen rooster chicken swan heron eagle hawk falcon stork penguin jay drake finch wren",
    "parrot": "parrot cockatoo macaw budgie",
    "owl": "owl",
    "horse": "horse mare stallion pony foal donkey mule unicorn",
    "cow": "cow bull ox",
    "goat": "goat",
    "sheep": "sheep lamb",
    "pig": "pig piglet boar",
    "mouse": "mouse rat hamster",
    "rabbit": "rabbit hare bunny",
    "fox": "fox vixen",
    "wolf": "wolf",
    "bear": "bear bearcub",
    "deer": "deer stag doe fawn buck",
    "lion": "lion lioness",
    "tiger": "tiger",
    "elephant": "elephant",
    "monkey": "monkey ape gorilla chimp chimpanzee",
    "frog": "frog toad",
    "snake": "snake serpent",
    "squirrel": "squirrel",
    "dragon": "dragon",
    "robot": "robot android droid automaton cyborg",
    "computer": "computer hologram mainframe ai",
    "ghost": "ghost spirit phantom spectre apparition wraith",
    "monster": "monster creature beast troll ogre giant golem",
    "alien": "alien martian",
    "fairy": "fairy elf sprite pixie",
    "drone": "drone",
    "spider": "spider",
    "bee": "bee butterfly moth ant beetle",
    "radio": "radio loudspeaker intercom television tv tannoy",
    "moon": "moon",
    "sun": "sun",
    "tree": "tree oak willow",
}
CREATURES: Final[dict[str, str]] = {word: kind for kind, words in _KINDS.items() for word in words.split()}

CROWDS: Final = frozenset(
    """
    all both everyone everybody crowd chorus choir group audience voices people children kids guests villagers
    townspeople mob men women boys girls together others students soldiers sailors
    """.split()
)

Age = Literal["", "child", "teen", "young", "adult", "old"]
Gender = Literal["", "woman", "man"]

# Nouns that say who someone is. (age, gender); "" where the word does not tell.
PEOPLE: Final[dict[str, tuple[Age, Gender]]] = {
    "man": ("", "man"),
    "woman": ("", "woman"),
    "boy": ("child", "man"),
    "girl": ("child", "woman"),
    "child": ("child", ""),
    "kid": ("child", ""),
    "toddler": ("child", ""),
    "baby": ("child", ""),
    "teenager": ("teen", ""),
    "teen": ("teen", ""),
    "youth": ("teen", "man"),
    "lad": ("teen", "man"),
    "lady": ("", "woman"),
    "gentleman": ("", "man"),
    "guy": ("", "man"),
    "mother": ("adult", "woman"),
    "mom": ("adult", "woman"),
    "mum": ("adult", "woman"),
    "mama": ("adult", "woman"),
    "father": ("adult", "man"),
    "dad": ("adult", "man"),
    "papa": ("adult", "man"),
    "grandmother": ("old", "woman"),
    "grandma": ("old", "woman"),
    "granny": ("old", "woman"),
    "nana": ("old", "woman"),
    "grandfather": ("old", "man"),
    "grandpa": ("old", "man"),
    "granddad": ("old", "man"),
    "wife": ("adult", "woman"),
    "husband": ("adult", "man"),
    "sister": ("", "woman"),
    "brother": ("", "man"),
    "daughter": ("", "woman"),
    "son": ("", "man"),
    "aunt": ("adult", "woman"),
    "uncle": ("adult", "man"),
    "niece": ("", "woman"),
    "nephew": ("", "man"),
    "granddaughter": ("child", "woman"),
    "grandson": ("child", "man"),
    "widow": ("", "woman"),
    "widower": ("", "man"),
    "bride": ("young", "woman"),
    "groom": ("young", "man"),
    "king": ("", "man"),
    "queen": ("", "woman"),
    "prince": ("young", "man"),
    "princess": ("young", "woman"),
    "duke": ("", "man"),
    "duchess": ("", "woman"),
    "lord": ("", "man"),
    "countess": ("", "woman"),
    "waiter": ("", "man"),
    "waitress": ("", "woman"),
    "actress": ("", "woman"),
    "actor": ("", ""),
    "policeman": ("", "man"),
    "policewoman": ("", "woman"),
    "fisherman": ("", "man"),
    "fisherwoman": ("", "woman"),
    "priest": ("", "man"),
    "nun": ("", "woman"),
    "monk": ("", "man"),
    "witch": ("", "woman"),
    "wizard": ("old", "man"),
    "cowboy": ("", "man"),
    "barman": ("", "man"),
    "barmaid": ("", "woman"),
    "hag": ("old", "woman"),
    "pensioner": ("old", ""),
    "elder": ("old", ""),
    "crone": ("old", "woman"),
    **dict.fromkeys(
        """
        keeper sailor captain officer cop detective inspector sergeant soldier guard nurse doctor surgeon
        teacher student professor scientist driver pilot cook chef baker farmer bartender clerk cashier judge
        lawyer reporter journalist photographer musician singer dancer painter artist writer poet stranger
        neighbor neighbour friend boss manager secretary assistant engineer mechanic carpenter postman courier
        messenger thief burglar robber killer gangster smuggler pirate hunter servant butler maid gardener
        janitor porter beggar customer passenger tourist traveler traveller astronaut narrator announcer host
        dispatcher operator voice figure person patient victim witness vendor shopkeeper librarian conductor
        usher clown magician ghosthunter
        """.split(),
        ("", ""),
    ),
}

# Titles and kin as part of a name.
GENDERED: Final[dict[str, Gender]] = {
    "mr": "man",
    "mister": "man",
    "sir": "man",
    "mrs": "woman",
    "ms": "woman",
    "miss": "woman",
    "madam": "woman",
    "madame": "woman",
    "mme": "woman",
    "mlle": "woman",
    "herr": "man",
    "frau": "woman",
    "señor": "man",
    "señora": "woman",
    "señorita": "woman",
    "signor": "man",
    "signora": "woman",
    "monsieur": "man",
    "don": "man",
    "doña": "woman",
    "dame": "woman",
    "male": "man",
    "female": "woman",
}

TEXT_AGES: Final[dict[str, Age]] = {
    "old": "old",
    "elderly": "old",
    "ancient": "old",
    "aged": "old",
    "wizened": "old",
    "white-haired": "old",
    "grey-haired": "old",
    "gray-haired": "old",
    "wrinkled": "old",
    "retired": "old",
    "venerable": "old",
    "stooped": "old",
    "middle-aged": "adult",
    "grown": "adult",
    "young": "young",
    "youthful": "young",
    "teenage": "teen",
    "adolescent": "teen",
    "little": "child",
    "schoolboy": "child",
    "schoolgirl": "child",
}
ADULT: Final = {
    "twenties": 25,
    "thirties": 35,
    "forties": 45,
    "fifties": 55,
    "sixties": 65,
    "seventies": 75,
    "eighties": 85,
    "nineties": 95,
}
NUMBER_WORDS: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

# Capitals in action that are sounds, camera words, signs or props: never a character.
NOT_PEOPLE: Final = frozenset(
    """
    crash bang boom thud slam click clack ring rings ringing buzz beep beeps roar roars whoosh splash smash snap
    crack pop hiss creak knock knocks scream screams shout shouts blast explosion explodes thunder lightning silence
    music song sound sounds noise gunshot shot shots siren sirens horn whistle bell bells alarm close closer wide
    wider angle on insert pov camera pan tilt zoom track tracking dolly push pull overhead aerial low high extreme
    long medium establishing super title titles card cut dissolve fade montage flashback later day night dawn dusk
    morning evening continuous moments int ext est black white red blue green yellow the a an and or of to in at by
    for with from into over under up down not no yes stop go now end begin begins suddenly back slow motion freeze
    frame smash match intercut phone telephone radio television tv gun knife letter note book photograph photo
    picture map key door window table chair car truck boat ship train plane lighthouse lamp light lights fire smoke
    water sea rain wind snow storm fog clock watch sign reads exit open closed sold help danger warning private keep
    out police ambulance hospital hotel bar cafe restaurant school church usa uk nyc la tv dvd id ok sos
    """.split()
)
