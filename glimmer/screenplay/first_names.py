"""First names by gender: the commonest of English, other European and some African, Arabic, Indian, Japanese, Chinese and Korean ones.

A table only, for `cast` and `mentions`. Names that women and men both carry (Robin, Jordan, Kelly, Andrea) tell nothing and stand in
neither list but in EITHER. In lower case.
"""

from __future__ import annotations

from typing import Final

from glimmer.screenplay.cast_words import Gender

__all__ = ["EITHER", "FIRST_NAMES"]

EITHER: Final = frozenset(
    "alexis andrea ash casey jackie jamie jay jordan kay kelly leslie morgan pat riley robin sandy sasha taylor terry".split()
)
FIRST_NAMES: Final[dict[str, Gender]] = {
    **dict.fromkeys(
        """
        aaliyah abigail ada adaeze adele adriana agatha agnes agnieszka aiko aisha akiko alexandra alice alicia alina alison
        alma amanda amara amelia amelie amina amy ananya anastasia angela anita anja anjali anna anne annie antonia april
        ariadne arya asha astrid audrey aurora ava ayesha ayumi barbara beatrice beatriz becky bella bernadette beth betty
        bianca birgit blanche bonnie brenda bridget brigitte camila camille candice carla carly carmen carol carolina caroline
        cassandra catherine cecilia celeste celia charlotte chiara chioma chloe chloé christina christine cindy claire clara
        clarissa claudia cleo colette constance cora cordelia cynthia daisy danielle daphne darlene dawn deborah debra deepa
        denise desiree diana divya dolores donna doris dorothy edith edna eileen elaine eleanor elena elisabeth elise eliza
        elizabeth ella ellen ellie elsa elsie emilia emily emma erica erika erin estelle esther ethel eugenia eunice eva eve
        evelyn evie faith fanny fatima felicia fern fiona flora florence folake frances francesca freya frida frieda gabriela
        gail gemma genevieve georgia geraldine gertrude gina ginger giulia gladys gloria grace greta gwen gwendolyn hana hanna
        hannah harriet haruka hazel heather heidi helen helena helene helga henrietta hilda hope hye-jin ida ilse imani imogen
        ines inga ingeborg ingrid irene iris irma isabel isabelle isadora isla ivy jacqueline jade jane janet janice jasmine
        jeanne jemima jen jennifer jenny jessica jill joan joanna joanne jocelyn josephine joy joyce juanita judith julia
        julie juliet juliette june justine kamala karen karin karla katarina kate katherine kathleen kathryn kathy katie katja
        katya kavita kayla keiko khadija kim kirsten kristen kristina kumiko lakshmi lana lara larissa lata laura lauren layal
        layla leah leila lena leonie leonora leticia lexi leyla lilian lillian lily linda lisa liv liz liza lola lorena
        loretta lorraine lotte lottie louisa louise luana lucia lucille lucinda lucy lucía luisa luna lydia lynn mabel maddie
        madeleine madeline madison magda maggie maisie makena mandy manon mara marcia margaret margarita margot maria marianne
        marie mariko marilyn marina marion marisol marjorie marlene marta martha martina mary maryam matilda maud maude
        maureen maxine maya meera megan mei mei-ling melanie melissa mercedes meredith mia michiko mildred millie mina ming
        minji minnie miranda miriam misaki moira molly mona monica monika monique muriel myra myrtle nadia nadine nan nancy
        nanette naoko naomi natalie natasha nell nellie ngozi nia nicola nicole nina nisha noelle noor nora noriko norma nour
        odette ofelia olga olive olivia olympia opal paloma pamela patience patricia patsy paula paulina pauline pearl peggy
        penelope petra phoebe phyllis pilar polly pooja portia priscilla priya prudence rachael rachel radha ramona rania
        raquel rebecca regina renata renee rhonda rita roberta rosa rosalie rosalind rosamund rosanna rose rosemary rosie
        rowena roxanne ruby ruth sabine sabrina sadie sakura sally salma salwa samantha samira sandra saoirse sara sarah
        saskia scarlett selena selma shannon sharon sheila shelly shirley sigrid silvia simone siobhan sofia sonia sonja sonya
        soo-jin sophia sophie stacy stella stephanie sue sunita susan svetlana sybil sylvia tabitha tamara tania tanya
        tara tatiana teresa tess thandi thelma theodora theresa tilda tilly tina tomoko tracy trudy una ursula usha valentina
        valerie vanessa vera veronica victoria violet vivian vivienne wanda wanjiru wendy wilhelmina wilma winifred winnie
        xenia xiu yasmin ying yoko yolanda yuki yumi yvette yvonne zahra zainab zoe zoé zuri élodie
        """.split(),
        "woman",
    ),
    **dict.fromkeys(
        """
        aaron abdul abdullah abel abraham adam ade aditya adrian ahmad ahmed akira al alain alan alastair albert aldo
        alejandro alessandro alex alexander alfie alfonso alfred ali alistair allan allen alvin amir amit amos anand anatoly
        anders andre andreas andrei andrew andré andy angelo angus anthony anton antonio archie ari aristotle arjun armand
        arnold arthur artur ashok augustus austin axel babatunde barnaby barney barry bart basil ben benedict benito
        benjamin benny bernard bernie bert bertie bilal bill billy bjarne bjorn blake bob bobby boris brad bradley brandon
        brendan brent brett brian bruce bruno bryan byron caleb calvin cameron carl carlo carlos cedric cesar chad charles
        charlie chen chester chidi chris christopher chuck claude clement cliff clifford clint clive clyde colin connor conrad
        constantine cornelius craig curtis cyril daisuke damian damien dan daniel dario darren daryl dave david davide dean
        declan deepak dennis derek desmond dick diego dieter dimitri dirk dmitri dmitry dom dominic don donald douglas duncan
        dustin dwight dylan eamon earl ed eddie edgar edmund eduardo edward edwin eitan eli elias elijah elliot elmer emeka
        emil emile emilio emmanuel enrique enzo eric erik ernest ernesto ernst errol erwin esteban ethan eugene evan ezra
        fabian fabio faisal farid felix femi fergus fernando fidel finn floyd francesco francis franco francois frank frankie
        franklin franz françois fred freddie frederick friedrich fritz gabriel garrett gary gavin gene geoff geoffrey georg
        george georges gerald gerard gerhard gilbert giles gino giovanni giuseppe glen glenn gopal gordon graham grant greg
        gregory guido guillermo gunther gus gustav guy hamid hamish hank hans hans-peter hardy harold harry haruto harvey
        hassan hector heinrich heinz helmut henrik henry herbert herman hiram hiroshi horace horatio howard howie hubert hugo
        humphrey hussein ian ibrahim ichiro ignatius igor ike imran ingmar ira irving isaac isaiah ivan ivor jabari jack jacob
        jake jamal james jamil jan jared jason jasper javier jean jed jeff jeffrey jeremiah jeremy jerome jerry jesse jesus
        jim jimmy jiro joachim joao joaquin jochen joe joel johan johann johannes john johnny jon jonah jonas jonathan jorge
        jose josef joseph josh joshua josé juan jude jules julian julien julio julius jun jurgen justin jürgen kai kareem
        karim karl kazuo keith ken kenji kenneth kenny kent kevin khaled khalid kieran kirk klaus kofi konrad konstantin
        krishna kurt kwame kwesi kyle lachlan lance larry lars lasse laurence laurent lawrence leif leo leon leonard leonardo
        leopold leroy lester lewis liam lionel lloyd lorenzo lou louis luca lucas ludwig luigi luis luke luther magnus mahmoud
        makoto malcolm manfred manuel marc marcel marcello marcin marco marcus mario marius mark marlon marshall martin marvin
        massimo mathias mathieu matt matteo matthew matthias maurice mauricio max mehmet melvin michael mick mickey miguel
        mike mikhail milan miles milo milton min-jun ming-hao mitch mitchell mohamed mohammad mohammed mohan monty mordecai
        morris moses moss muhammad mustafa mustapha nabil naoki nate nathan nathaniel ned neil nelson neville nicholas nick
        nico nicolas nigel nikolai nils noah norman olaf ole oleg oleksandr oliver olu omar omer orlando orson oscar oswald
        otto owen pablo pascal patrice patrick patrik paul pedro percy perry pete peter phil philip philippe pierre pietro
        piotr quentin quincy rafael rahul raj rajesh ralf ralph rami ramon ramón randall randy raoul rashid raul ravi ray
        raymond reggie reginald remy rene rené reuben rex rhys ricardo riccardo richard rick ricky rob robert roberto rocco
        rodney rodrigo roger rohan roland rolf roman romeo ron ronald ronan ronnie rory ross roy rudy rufus rupert russell
        ryan ryo salim salvador salvatore sam samir sammy samuel sandro sanjay santiago satoshi saul scott sean sebastian
        serge sergei sergey sergio seth seymour shane shaun shawn shinji sid sidney silas silvio simon sipho solomon spencer
        stan stanley stefan stefano stephen steve steven stewart stuart suresh sven sylvester takeshi tariq taro ted teddy
        tendai terence terrence thaddeus theo theodore thierry thomas thor tiago tibor tim timothy tobias toby todd tom tomas
        tommy tomás tony torsten travis trevor tristan tyler ulrich umberto uri valentin vasily vernon vic victor vijay vikram
        viktor vince vincent vinny vito vlad vladimir wade walid wallace wally walt walter warren wayne wei wendell werner
        wesley wilbur wilfred wilhelm will willem william willie winston wolfgang wyatt xavier yamato yannick youssef yuri
        yusuf yves zachary zack zeke ziad
        """.split(),
        "man",
    ),
}
