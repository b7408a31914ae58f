"""Beats: what two people do and say at each turn of a story, by what the story is about.

Small scenes in a notation of our own. A blank line parts units (kept or left out whole), "!" marks those that even the
shortest film keeps. A line begins with who: `a` action, `h` the hero, `o` the other, `v` the hero's voice over; a direction may
follow in brackets. `{one|other}` is a choice; `{name}` a slot that `draft` fills: {hero} {Hero} {he} {him} {his} and the same for
{other}; {prop}; {thing}; {skill}; {goal}.
"""

from __future__ import annotations

from typing import Final

__all__ = ["FAMILIES", "INTERLUDES", "family_of"]

# Which verbs a story is about, in the order they are tried.
_VERBS: Final[tuple[tuple[str, str], ...]] = (
    ("teach", "teach learn train coach tutor practise practice study"),
    ("save", "save rescue protect defend free help heal cure warn survive guard"),
    ("flee", "escape flee run hide outrun evade leave quit break survive"),
    ("fight", "fight stop defeat kill destroy battle face confront avenge catch chase hunt arrest beat win compete race challenge overthrow resist trap"),
    ("make", "build make fix repair invent create write paint cook bake compose plant grow design restore open start finish record draw sew carve recreate remake rebuild reopen brew knit"),
    ("love", "love marry kiss meet befriend adopt date forgive reconcile reunite fall"),
    ("secret", "steal discover uncover reveal investigate solve suspect realize realise hack spy pretend lie swap forge smuggle witness notice receive inherit open"),
    ("carry", "deliver carry bring take transport return drive travel cross sail ride journey go walk climb fly move guide lead reach visit come"),
    ("find", "find search seek look hunt trace locate follow track collect recover explore dig"),
    ("wait", "wait lose remember forget mourn grieve miss die live stay dream wake retire age remain believe hear see"),
)  # fmt: skip


def family_of(verbs: tuple[str, ...]) -> str:
    """What the story is about, from its verbs in base form, the main one first; "find" when none is known."""
    for verb in verbs:
        for family, listed in _VERBS:
            if verb in listed.split():
                return family
    return "find"


# ── want, try, turn, end ────────────────────────────────────────────────────────────────────────────────────
FAMILIES: Final[dict[str, tuple[str, str, str, str]]] = {
    "teach": (
        """
!a {Other} {opens {ohis} mouth. A small, broken sound comes out|tries, and stops, and looks at the ground}.
!h {That was awful. Do it again.|Good. That was terrible. Once more.}

o I'm not made for this.
h Nobody is. You do it anyway.

a {Hero} puts {prop} aside and sits {close|opposite}.
h First you listen. That's most of it.
o And the rest?
h Being wrong in front of somebody.

o(quietly) Why me?
h Because you {were the only one who came|stayed when the others left}.
""",
        """
!a {Hero} shows how. {Other} copies {him}, too fast, then too slow.
!h Slower. {It isn't a race.|Nobody is chasing you.}
!o It feels like one.

a Again. And again. {The light moves across them|Their shadows grow longer}.
o How long did it take you?
h I'll tell you when I get there.

h What are you afraid of?
o That it will sound like me.
h It's supposed to sound like you.

a {Other} gets it right, once, by accident. They both freeze.
o Was that it?
h(smiling) Don't think. Again.
""",
        """
!a {Other} turns away.
!o I can't. {You picked the wrong one.|Find somebody else.}
!h I didn't pick you. You {kept turning up|wouldn't leave}.

a {Hero} is silent for a long moment, turning {prop} over in {his} hands.
h I stopped, you know. Years ago. I never told anyone.
o Why?
h Somebody laughed.

o And if they laugh at me?
h Then there will be two of us.

o(softly) Show me one more time.
h No. You show me.
""",
        """
!a {Other} closes {ohis} eyes, breathes in, and begins. {This time it holds.|It is not perfect. It is whole.}
!h(softly) There you are.

a The sound goes out and out. {Hero} doesn't move until it is gone.
o You're crying.
h It's the wind.

o What do I do now?
h Find somebody who thinks they can't.

a {Other} goes on alone, louder. {Hero} {sits back and listens|puts {prop} down for good}.
""",
    ),
    "save": (
        """
!a {Hero} stops. {Something is wrong: it is too quiet|Somewhere ahead, somebody calls out, then stops}.
!h {Did you hear that?|Listen.}
!o {I heard nothing.|I've heard it all night.}

h We have until {morning|dark}. Maybe less.
o And then?
h Then it won't matter how sorry we are.

a {Hero} snatches up {prop}.
o You can't go alone.
h So come.

o Let somebody else go.
h I looked. We're somebody else.
""",
        """
!a They move fast, heads down. {Other} stumbles; {hero} pulls {ohim} up.
!o It's further than you said.
!h It's as far as it is.

a The way is blocked. {Hero} throws {his} whole weight against it. Nothing.
o Together. On three.
h Why always three?
o Because on two you're not ready.

h If I fall, you keep going.
o If you fall, I'm going to be very angry.

a A crack. A gap, no wider than a hand. {Hero} reaches through.
h I've got something. Hold my belt!
""",
        """
!a {Hero} slides down against the wall, empty-handed.
!h We're too late.
!o {We're late. It's not the same.|Late isn't never. Get up.}

h I promised. I stood there and I promised.
o Then you're not finished.

a {Other} holds out {prop}. {Hero} looks at it, and takes it.
h You'd go back in there?
o I'd rather go back than go home.

o What's the plan?
h Same as before. But this time it works.
""",
        """
!a Out of the {dark|dust}, a hand. {Hero} grips it and doesn't let go.
!h I've got you. I've got you.

a They lie on their backs, side by side, breathing.
o You said there was a plan.
h There was. It was you.

h Are you hurt?
o Everywhere. Are you?
h Ask me tomorrow.

a {Hero} laughs first. Then {other}. They can't stop.
""",
    ),
    "flee": (
        """
!a {Hero} {takes {prop}, only that, and listens|looks back once, and pulls {his} collar up}.
!h {If we go, we go now.|Don't take anything you can't run with.}

o They'll come after us.
h They always come after. That's why we start first.

o Where to?
h Away is enough for today.

a A door slams somewhere. Both of them stop breathing.
o(whispering) Was that them?
h(whispering) Walk. Don't run. Walk.
""",
        """
!a They press themselves flat. A light sweeps past, and comes back, and goes.
!o {They know.|They've seen us.}
!h They know somebody. They don't know us.

a {Hero} counts under {his} breath, then goes. {Other} follows, one step behind.
h Left. No. The other left.
o There is only one left!

o I can't go on.
h Ten more steps. Anybody can do ten.
o And after that?
h Ten more.

a Something metal falls, and rings and rings. Nobody comes.
""",
        """
!a A dead end. {Hero} puts {his} palm on the wall as if it could change its mind.
!o That's it, then.
!h {No.|Give me a minute.}

o What did you do? Really.
h I stopped saying yes.
o That's all?
h That was enough for them.

h You could still go back. They only want me.
o I know. I've known since the first door.

a {Other} kneels. There, low down, a draught moves a scrap of paper.
o Feel that? Air.
""",
        """
!a Open ground. {Hero} runs, stumbles, runs, and then simply stops.
!h {Nobody's behind us.|Listen. Nothing.}
!o Say it again.

a They turn in a circle, looking at all that space.
o I don't know how to walk without looking over my shoulder.
h We'll learn. We've got the time.

o What do you want to do first?
h Sit down.

a {Hero} leaves {prop} {on the ground|where it is} and goes on without it.
""",
    ),
    "fight": (
        """
!a {Hero} {lays {prop} on the table between them|stands very straight}.
!h {It ends tonight.|I'm done running from this.}
!o You've said that before.

o You know what you're up against?
h I know its name. That's more than last time.

h Are you with me or not?
o I'm here, aren't I?
h That's not what I asked.

a {Other} spits, thinks, and shakes {his} hand.
o If we lose, I never met you.
""",
        """
!a {Hero} waits, quite still. A shadow crosses the ground. {He} lets it come closer.
!o(whispering) Now?
!h(whispering) Not yet.

a It goes wrong at once. {Hero} is thrown back, rolls, gets to one knee.
o That went well!
h I'm learning. Shut up.

h Did you see? It always turns left.
o I was busy staying alive.
h Next time, watch the left.

a {Hero} holds up two halves of what used to be one stick.
o That was our best idea.
h It was our first idea.
""",
        """
!a {Hero} washes {his} face. {His} hands won't stop shaking.
!o We could walk away. Nobody would blame us.
!h {I would.|That's the trouble. Nobody would.}

o Why is it always you?
h Because when I was small, it was nobody.

a {Other} ties up {his} arm with a torn sleeve, and pulls the knot tight.
h You're scared.
o Of course I'm scared. I'm not stupid.

h One more time. From the left.
o From the left.
""",
        """
!a Face to face. Nobody moves. Then {hero} opens {his} hand and lets {prop} fall.
!h {I'm not going to fight you any more.|You only ever had what I was afraid of.}

a A long breath. Whatever stood there is gone, or has become very small.
o Is it over?
h Look at it. Yes.

o I thought you'd win by hitting it.
h So did I.

a {Other} picks up the pieces, one by one. {Hero} holds the bag open.
""",
    ),
    "make": (
        """
!a {Hero} spreads a drawing flat and holds it down with {prop}.
!h {There. That's what it's supposed to be.|Don't laugh. Just look at it.}
!o It looks like {a mistake|a storm in a cupboard}.
!h It's not finished.

o Has anyone ever done it before?
h If they had, I'd be asleep.

o What do you need?
h Wood. Glass. Nine days. And you.
o I was afraid of the last one.

a {Other} turns the drawing upside down, and nods slowly.
o Now I see it.
h(gently) That's the wrong way up.
""",
        """
!a {Hands at work|Sparks, splinters, a burnt thumb}. {Hero} fits the last piece. It falls off.
!h {Again.|It was closer that time.}
!o You said that {yesterday|nine times}.

a {Other} holds the lamp. {Hero} works without looking up.
o Why do you do it at night?
h In the day I can see what's wrong with it.

h Hand me the small one. No, the small one.
o They're all the small one!

a A sound. Something moves that has never moved before, then stops.
o Did you see?
h Don't breathe on it.
""",
        """
!a A crash. Then the slow sound of one last piece rolling across the floor.
!h {Well.|Leave it.}
!o We can start again.
!h With what?

o How long have you been making this?
h Since before I knew what it was for.

a {Hero} sweeps the pieces into a heap. {Other} takes one out of it and holds it to the light.
o This bit is good.
h That bit is an accident.
o Then do it on purpose.

h Who would want it, anyway?
o I would. I'd have wanted it when I was ten.
""",
        """
!a {Hero} steps back. It stands. It works. {It shines a little.|It hums, very softly.}
!o {You did it.|It's beautiful.}
!h It's crooked.
!o It's beautiful and it's crooked.

a People come to look, first one, then three, then more than there is room for.
h I don't know what to do with my hands now.
o Put them in your pockets. Like everybody.

o What will you make next?
h Breakfast.

a {Hero} turns out the lamp. The thing they made goes on glowing.
""",
    ),
    "love": (
        """
!a {Hero} looks up at the same moment as {other}. Both look away.
!h {You're in my place.|Is somebody sitting here?}
!o {It doesn't say so.|Nobody yet.}

o Do you come here often?
h Is that the best you can do?
o I've only got the one.

a {Prop} lies between them. Both reach for it. Their hands stop, an inch apart.
h After you.
o No, no. After you.

h What's your name?
o You'll only forget it.
h Try me.
""",
        """
!a They walk side by side, not quite touching.
!o Tell me something true.
!h {I've been happy since Tuesday. I don't know what to do about it.|I rehearsed this. It went better.}

o And something false?
h I wasn't looking for you.

a {Hero} gives {ohim} {prop}. {Other} turns it over, and over again.
o What's it for?
h It isn't for anything. It's yours.

h You've gone quiet.
o I'm trying to remember it.
h Remember what?
o This. Now.
""",
        """
!a {Hero} stands in the doorway with {his} coat still on.
!o So you're leaving.
!h {You knew I would.|I never said I'd stay.}
!o You never said you wouldn't.

h It's easier this way.
o For who?

a {Other} holds out {prop}. {Hero} doesn't take it.
o I don't want to be sensible. I've been sensible all my life.

h Say something.
o If I say something, you'll stay. And then it'll be my fault.
""",
        """
!a {Hero} comes back, out of breath. {Other} hasn't moved.
!h {I got as far as the corner.|I forgot something.}
!o What did you forget?
!h {To stay.|You.}

a Neither of them knows who laughs first.
o You're late.
h I know. I'm sorry. I'm here.

o And tomorrow?
h Tomorrow I'll be in your place. You'll have to ask.

a They sit down together, shoulder against shoulder. {Prop} lies between them, where it began.
""",
    ),
    "secret": (
        """
!a {Hero} finds {prop} where nobody should have left it, and {looks over {his} shoulder|doesn't touch it}.
!h {Did you put this here?|Tell me you've never seen this before.}
!o(too quickly) Never seen it.

h There's a mark on the back. Do you know it?
o Put it down. Walk away.
h So you do know it.

o Some things are hidden because they're sad.
h And some because somebody's guilty.

a {Hero} waits till {other} has gone. Then {he} follows.
""",
        """
!a {Hero} feels along the edge until something clicks.
!h {There. Who hides a door?|It was here all the time.}
!o Somebody who needed one.

a Inside: dust, a chair, and a row of photographs, set out with care.
o We shouldn't be here.
h That's how you know it's the right place.

h Who else knows?
o Two people. One of them is dead.
h And the other?
o The other is talking to you.

a A step outside. {Hero} puts out the light.
o(whispering) Don't move.
""",
        """
!a {Hero} puts {prop} down in front of {other}, very gently.
!h {It was you.|You knew. From the first day.}
!o(quietly) Yes.

o I was going to tell you.
h When?
o Every day. Every single day I was going to tell you.

h Was any of it true?
o The part where I liked you.

a {Other} sits down as if someone had cut a string.
o I was young, and it was one small lie. Then I had to feed it.
""",
        """
!a {Hero} opens {his} hand. Everybody can see it now.
!h {That's all of it. Nothing left to hide.|There. Now everyone knows.}
!o It looks so small.

o What happens to me?
h You get to sleep, I think. For a start.

a {Other} breathes out. {It sounds like the first breath in years.|Something in {other} lets go.}
h Would you do it again?
o I'd tell you sooner.

a {Hero} leaves the door open behind them, and the light on.
""",
    ),
    "carry": (
        """
!a {Hero} wraps {prop} in cloth, ties it tight and tests the knot. {Other} watches.
!o {How far is it?|You're really going.}
!h {I'll know when I get there.|Somebody has to.}

o It's only a small thing. Send it.
h It's not a thing you send.

o You've never been past the {bend|last house}.
h Then I'll see what's there.

a {Other} swears, softly, and picks up the other end.
h I didn't ask you.
o I noticed.
""",
        """
!a They go on, small under a very big sky.
!o We've passed that before.
!h {That was another one.|It only looks the same from this side.}

a {Hero} shares out the last of the food. {He} gives {other} the bigger half, and thinks nobody saw.
o I saw that.
h Eat.

o What if there's nobody at the other end?
h There was a light, last time.
o When was last time?
h Just eat.

a The path stops. The water, or the dark, or whatever it is, does not.
h Take your shoes off.
""",
        """
!a {Hero} sits down in the middle of the way.
!h {I don't think I can.|We're lost.}
!o I've thought that since yesterday. I just kept walking.

o Put it down for a minute.
h If I put it down, I won't pick it up.
o Then I will.

a {Other} lifts the load onto {ohis} own back. It is heavier than {ohe} thought.
o What's in here?
h Everything they'd want to know about us.

h Why did you come?
o You had a map. I never had anything with a map.
""",
        """
!a There it is, exactly where nobody believed it would be.
!h {We're here.|Is it real?}
!o {Knock.|Touch it and see.}

a {Hero} sets {prop} down. {His} hands don't know what to do without it.
o You look taller.
h I've been carrying it for a long time.

o And the way back?
h Shorter. It always is.

a The two of them, seen from far off, turn and wave at nobody.
""",
    ),
    "find": (
        """
!a {Hero} lays out {prop} and stares at it until it makes sense.
!h {It's out there. I know it is.|Everyone stopped looking. That's why nobody found it.}
!o {You've been saying that for years.|Maybe it doesn't want to be found.}

o What will you do when you have it?
h Stop looking. Sleep. I don't know.

h Somebody must have seen something.
o Somebody did. You won't like it.
h I don't need to like it.

a {Other} puts one finger on a spot and taps twice.
o Start here.
""",
        """
!a {Hero} looks under, behind, inside. Nothing, nothing, and dust.
!o {It's not here.|You've looked there twice.}
!h Then it's one place fewer.

a A mark on the wall. {Hero} wipes it with {his} sleeve, and holds {his} breath.
o What is it?
h An arrow. Somebody wanted to be followed.

o What if you're wrong?
h Then I've had a long walk with you.

a {Other} stops dead. {Ohe} points, without a word.
h I see it. Don't scare it.
""",
        """
!a It's empty. {Hero} turns it upside down, and shakes it, and it's empty.
!h {Nothing. There was never anything.|All this way for that.}
!o There's something written inside.

o Read it.
h My eyes are tired. You read it.
o It says: you were warmer before.

h Why do I even want it?
o You never told me. I thought that was a rule.

a {Hero} sits with {his} back to {other}. After a while {ohe} sits down too, back against back.
o Tell me what it looked like. The first time.
""",
        """
!a {Hero} stops looking. And there it is.
!h {Oh.|It was here all along.}
!o Is that it? {It's smaller than I thought.|All that, for that?}
!h Isn't it wonderful?

a {Hero} holds it the way you hold a bird.
o Can I?
h Carefully.

o What will you look for now?
h Lunch. You. A chair.

a They leave {prop} behind, for whoever comes next.
""",
    ),
    "wait": (
        """
!a {Hero} {sets out two cups and sits down before one of them|winds the clock, as {he} does every evening}.
!o {You still do that.|Who's the other one for?}
!h {It's no trouble.|In case.}

o How long has it been?
h I stopped counting. Then I started again.

o They're not coming.
h I know. I just don't want to be out when they do.

a {Other} takes {prop} down, blows off the dust, and puts it back exactly where it was.
""",
        """
!a {Hero} holds {prop} to {his} ear, as if it could still speak.
!h {Some days I can't remember the voice.|I had it this morning. I had the whole face.}
!o What do you remember?
!h The coat. The way the door sounded.

o Say the name.
h If I say it, it'll be a name.

a Outside, life goes by: a bicycle, a dog, someone singing badly.
o Come out with me. One hour.
h And if the bell rings?
o I'll leave the door open.

h I was going to say something clever. At the end. I'd prepared it.
o What did you say?
h I said: mind the step.
""",
        """
!a The bell rings. {Hero} is on {his} feet before it stops.
!o It's only the wind.
!h {I know what the wind sounds like.|Let me look.}

a Nobody. {Hero} stands there a long time with the door open.
o You're letting the cold in.
h I'm letting something out.

o You're angry.
h I'm so angry. Isn't that silly? After all this time.
o No.

h I built a whole house out of waiting.
o It's a good house. It could use a window.
""",
        """
!a {Hero} pours out the second cup, and puts it away.
!h {There.|That's done, then.}
!o Are you all right?
!h {No. But it's a nice evening.|I will be.}

a {Hero} takes the coat from its hook, feels the sleeve, and gives it to {other}.
o It's too big.
h You'll grow.

o Shall I shut the door?
h Leave it. It's not cold.

a Someone is singing outside, badly. {Hero} goes to the window and joins in.
""",
    ),
}

# ── scenes between, for longer films ────────────────────────────────────────────────────────────────────────
INTERLUDES: Final[tuple[str, ...]] = (
    """
!a {Hero} and {other} share {what's left of the bread|one apple, bite by bite}.
!o My mother used to say you can trust anyone who chews slowly.
!h {Did she chew slowly?|And what did you say?}
!o {She swallowed things whole.|I had my mouth full.}

h You never talk about her.
o You never asked.
h I'm asking.

o She kept a light in the window. For me. Even when I was in the room.
h Why?
o She said I was the kind who's always on the way.
""",
    """
!a Rain, suddenly, everywhere. They run for the nearest shelter and stand there dripping.
!h {I like rain. It gives you an excuse.|You've got a leaf on your head.}
!o {An excuse for what?|Leave it. It's the driest thing on me.}

o When I was little I thought it rained everywhere at once.
h And now?
o Now I think it only rains on me.

h Count the seconds after the flash.
o One. Two. Three.
h Three is good. Three is far.
o What's one?
h One is us.
""",
    """
!a {Other} stops and blocks the way.
!o You lied to me.
!h I left something out.
!o {That's a lie with its coat on.|That's how you say it when you've done it.}

h Would you have come, if you'd known?
o You'll never find out now, will you?

h I'm sorry.
o Say what for.
h For deciding what you could carry.

a A long silence. {Other} steps aside, but only half.
o Next time, tell me the worst part first.
""",
    """
!a Night. {Hero} lies awake. So does {other}.
!o(whispering) Are you asleep?
!h(whispering) {Yes.|Nearly. Why?}
!o What do you see when you shut your eyes?

h A door. It's always the same door.
o What's behind it?
h I always wake up with my hand on the handle.

o I dream that I'm late.
h For what?
o Nobody ever says.
""",
    """
!a {Hero} hums something without noticing. {Other} picks it up, a little flat.
!h Where did you hear that?
!o {You do it all the time.|From you. Every day.}
!h {I do not.|I'm sorry.}
!o Don't be. I'd miss it.

h My father whistled it when he was afraid.
o Are you afraid?
h I'm whistling, aren't I?
""",
    """
!a A stranger has been here: a warm ash heap, a crust, one button.
!o {Somebody's ahead of us.|Not an hour old.}
!h Or behind us, and very clever.

h What kind of person leaves a button?
o One with only one hand free.
h Or one who wants us to know.

a {Hero} puts the button in {his} pocket.
o Why keep it?
h Somebody will be cold without it.
""",
    """
!a {Other} has found two chairs and set them side by side, facing nothing much.
!o {Best seats in the house.|I saved you one.}
!h What are we watching?
!o Wait.

a Slowly, the light changes. Everything ordinary turns to copper.
h How did you know?
o It does it every day. You're just always busy.

h I used to be good at sitting.
o What happened?
h I got good at other things.
""",
    """
!a {Hero} tries to mend a dead torch with a hairpin and bad language.
!o Give it here.
!h {I've nearly got it.|I know what I'm doing.}
!o You're holding it upside down.

a {Other} does something quick. It works.
h Where did you learn that?
o I broke a lot of things.

h I never say thank you, do I?
o You make soup. It's the same in soup.
""",
    """
!a They come to a fork. {Hero} looks left. {Other} looks right.
!h {Left.|It's obviously left.}
!o {Right.|It's obviously right.}
!h We could toss for it.
!o And if I lose?
!h Then you follow me and complain. As usual.

a A coin goes up, catches the light, and doesn't come down.
o Did you see where it went?
h No.
o Then we go straight on.
""",
    """
!a {Hero} has written something down. {Other} reads it over {his} shoulder.
!o {You spelled my name wrong.|Is that me?}
!h {You've never written it.|It's about somebody braver.}

o Read me the end.
h There isn't one yet.
o Then read me the part before.
h That's where we are. That's this.
""",
    """
!a Morning, too early. {Other} is already up, packing.
!h Where are you going?
!o {Nowhere. I pack when I'm nervous.|I thought I'd leave before it got difficult.}
!h Sit down. It's already difficult.

o What if it works? Have you thought of that?
h No. I only ever planned for the other thing.
o Me too. It's a bit rude, isn't it? To hope.
""",
    """
!a {Hero} looks back the way they came. It seems impossible that they walked it.
!o Would you do it again?
!h {Not with those shoes.|Ask me when I've sat down.}

o I would. Every step. Even the one with the nail.
h You screamed.
o I'd scream again.

h What was the best part?
o When you thought I was asleep and you put your coat on me.
h I was warm. That's all.
o Of course.
""",
)
