"""The words that the rules know. Lists are short on purpose: a rule must work from grammar, a list only names its heads.

Everything is lower case and, where a word inflects, given in the forms that texts have.
"""

# Words that begin a sentence with a capital without being part of a name.
STARTERS = frozenset(
    """
    the a an this that these those its his her their our your my some any all both each every no none one two three four five six
    seven eight nine ten eleven twelve twenty another other others many most more several few half
    he she it they we i you who what which when where why how whether if unless although though because since while as after
    before until once whereas wherever whenever however
    in on at by for from to of with without within under over between among amid during about against across along around behind
    beyond near nearly off out through throughout toward towards up down upon via like unlike despite per
    and or but nor so yet not only also still then there here now today yesterday tomorrow later earlier meanwhile afterwards
    eventually finally again instead perhaps maybe indeed thus hence therefore moreover furthermore nevertheless elsewhere
    asked according speaking following citing quoting referring noting adding saying given last next first second third
    never always often sometimes usually recently currently previously formerly officially reportedly allegedly
    at-least sunday monday tuesday wednesday thursday friday saturday
    january february march april may june july august september october november december
    is are was were be been being has have had do does did will would can could should may might must let
    mr mrs ms dr sir
    q yes no
    """.split()
)

# Lower-case words inside a name.
CONNECTORS = frozenset("of for and the to in on de la le du des del da di von van der den bin ibn ben al el".split())
NAME_PARTICLES = frozenset("de la le du des del della da di dos von van der den ter bin ibn ben abu al el ul".split())

# Heads of the names of organizations. Those of the second list take a complement ("Ministry of ...", "Mission to ...").
ORGANIZATION_HEADS = frozenset(
    """
    force council ministry museum mission radio television tv post times news agency committee commission union party army forces front
    movement organization organisation university institute court bank fund foundation association center centre group coalition
    command brigade brigades corps guard guards parliament assembly office department bureau service services administration
    authority federation league society alliance watch observatory initiative network press herald gazette tribune journal daily
    weekly broadcasting channel trust congress senate secretariat navy academy school college library archive archives
    hospital club company corporation militia battalion regiment division police intelligence board chamber cabinet
    conference forum task-force taskforce monitor review magazine newspaper broadcaster registry register programme program project
    syndicate tribunal agency legion resistance directorate inspectorate taskforce delegation embassy consulate church cross crescent
    rada duma knesset majlis cooperative staff circle friends clinic courier atlas wire fellowship orchestra workshop
    ledger observatory tracker bulletin examiner chronicle mirror telegraph standard dispatch echo globe voice
    """.split()
)
COMPLEMENT_HEADS = frozenset(
    """
    council ministry mission agency committee commission union party army forces front movement organization organisation
    university institute court bank fund foundation association center centre group command corps parliament assembly office
    department bureau service services administration authority federation league society alliance academy school museum
    observatory board chamber tribunal conference forum delegation embassy congress company corporation project programme register staff
    registry archive archives library directorate
    """.split()
)
ORGANIZATION_TYPES = {
    "ministry": "ministry", "army": "armed-forces", "forces": "armed-forces", "navy": "armed-forces", "brigade": "armed-forces",
    "brigades": "armed-forces", "corps": "armed-forces", "guard": "armed-forces", "battalion": "armed-forces", "militia": "armed-group",
    "front": "armed-group", "movement": "movement", "radio": "media", "television": "media", "tv": "media", "post": "media",
    "times": "media", "news": "media", "press": "media", "herald": "media", "gazette": "media", "tribune": "media", "journal": "media",
    "daily": "media", "weekly": "media", "channel": "media", "broadcasting": "media", "magazine": "media", "newspaper": "media",
    "court": "court", "tribunal": "court", "parliament": "legislature", "party": "party", "university": "university",
}  # fmt: skip

# Lower-case names of state bodies, after a demonym or a possessive: "Russia's defence ministry".
STATE_BODIES = frozenset("ministry army government parliament navy police military".split())
BODY_MODIFIERS = frozenset(
    "defence defense foreign interior justice health finance energy armed land air naval general emergency culture education "
    "economy information reintegration internal affairs emergencies".split()
)
FORCE_NOUNS = frozenset(
    "troops forces army soldiers fighters units military militants militia militias servicemen paratroopers garrison "
    "contingent navy marines rebels separatists peacekeepers".split()
)
FORCE_MODIFIERS = frozenset(
    "armed government federal security ground special regular land air naval military rebel separatist army defence defense".split()
)

# What a place may be called; the value is the type that a gazetteer gives such a place.
PLACE_TYPES = {
    "city": "city", "town": "town", "village": "village", "hamlet": "village", "settlement": "settlement", "port": "city",
    "district": "district", "region": "region", "province": "province", "governorate": "governorate", "oblast": "oblast",
    "county": "county", "municipality": "municipality", "island": "island", "islands": "island", "peninsula": "peninsula",
    "valley": "valley", "gorge": "gorge", "corridor": "corridor", "enclave": "enclave", "exclave": "enclave", "territory": "territory",
    "state": "state", "country": "country", "republic": "republic", "area": "area", "highlands": "area", "heights": "area",
    "plateau": "area", "raion": "district", "rayon": "district", "prefecture": "prefecture", "canton": "canton", "commune": "commune",
    "township": "township", "suburb": "suburb", "neighbourhood": "suburb", "neighborhood": "suburb", "quarter": "suburb",
    "base": "base", "airport": "airport", "airfield": "airport", "dam": "dam", "crossing": "crossing", "pass": "pass", "camp": "camp",
    "capital": "city", "stronghold": "town", "sector": "area", "zone": "area", "department": "department", "division": "division",
    "strip": "area", "farms": "area", "triangle": "area", "bridge": "bridge", "hill": "hill", "ridge": "hill", "river": "river",
    "lake": "lake", "sea": "sea", "mountain": "mountain", "mountains": "mountain", "bank": "area", "basin": "area", "coast": "area",
    "oilfield": "area", "field": "area", "outpost": "base", "post": "base", "fortress": "base", "garrison": "base", "fort": "base",
    "stretch": "area", "communities": "settlement", "mount": "mountain", "junction": "town", "wetland": "area", "park": "area", "forest": "area",
}  # fmt: skip
PLURAL_PLACE_TYPES = {
    "cities": "city", "towns": "town", "villages": "village", "hamlets": "village", "settlements": "settlement", "ports": "city",
    "districts": "district", "regions": "region", "provinces": "province", "islands": "island", "municipalities": "municipality",
    "counties": "county", "oblasts": "oblast", "governorates": "governorate", "areas": "area", "territories": "territory",
    "communities": "settlement", "localities": "settlement", "neighbourhoods": "suburb", "suburbs": "suburb",
}  # fmt: skip
# Of these a name before them is part of the name ("Snake Island", "Kodori Gorge"), not a modifier ("Agdam district").
NAME_TYPES = frozenset(
    "island islands peninsula valley gorge heights plateau mountains mountain river lake sea strip farms triangle bridge pass dam "
    "airport airfield base camp corridor highlands bank basin coast hill ridge crossing junction".split()
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower northeast northwest southeast southwest "
    "north-eastern north-western south-eastern south-western northeastern northwestern southeastern southwestern greater inner outer "
    "north-east north-west south-east south-west old new".split()
)
PLACE_PREPOSITIONS = frozenset("in near at around outside inside into towards toward beyond entering reaching".split())

# Offices. The head names a person; modifiers stand before it.
ROLE_HEADS = frozenset(
    """
    minister president premier chancellor king queen prince emir sultan ambassador envoy spokesman spokeswoman spokesperson
    commander chief head director mayor governor chairman chairwoman chairperson chair secretary secretary-general
    leader representative coordinator co-ordinator rapporteur adviser advisor analyst officer professor historian lawyer
    negotiator mediator commissioner administrator manager editor correspondent reporter journalist delegate deputy senator
    lawmaker mp speaker prosecutor judge ombudsman ombudswoman attorney consul nuncio patriarch bishop archbishop imam mufti
    general colonel major captain lieutenant brigadier admiral marshal sergeant fm pm ceo founder co-founder member elder
    inspector engineer doctor surgeon nurse teacher farmer archivist curator librarian researcher expert scholar author writer
    activist warlord co-chair observer peacekeeper veteran resident pilot driver shopkeeper headteacher headmaster headmistress
    vice-president undersecretary undersecretary-general counsellor councillor councilwoman councilman treasurer registrar
    diplomat politician monk priest nun refugee survivor student trader shepherd fisherman soldier translator interpreter architect
    guide cook carpenter mechanic clerk warden caretaker fighter organiser organizer campaigner lecturer psychologist historian-archivist
    ruler d'affaires d’affaires seamstress runner athlete singer actor actress
    counterpart successor predecessor pupil envoy-designate brigade-commander midwife baker
    surveyor cartographer geographer economist demographer sociologist archaeologist photographer poet novelist painter
    """.split()
)
TITLES = frozenset(
    "sister father reverend rev fr mgr mullah barr engr amb h.e. commodore cdre datu dame retd mr mrs ms miss dr prof sir lady lord sheikh ayatollah gen lt col maj capt sgt brig adm cpl pvt cmdr".split()
)
MILITARY_RANKS = frozenset(
    "commodore general colonel major captain lieutenant brigadier admiral marshal sergeant gen lt col maj capt sgt brig adm".split()
)
ROLE_MODIFIERS = frozenset(
    """
    charge chargé paramount
    foreign prime deputy vice first former acting chief defence defense interior press state special senior executive general
    military regional local government party opposition permanent high national security army police interim then-foreign late
    new current assistant under secretary lieutenant major brigadier field rear deputy-prime ex- then provincial district city
    village town municipal humanitarian political human rights chief-of-staff information justice finance health energy resident
    joint supreme managing programme program project medical field legal country deputy- longtime veteran retired exiled de facto
    war border local tribal rebel separatist territorial naval air force ministry presidential parliamentary founding outgoing
    incoming environment culture education economy agriculture trade interior internal affairs peace independent top
    """.split()
)
PORTFOLIO = frozenset(
    "foreign affairs external internal defence defense interior justice finance economy health energy education culture reconciliation "
    "reintegration environment information agriculture trade transport labour labor social state security infrastructure "
    "emergency emergencies situations civic equality development industry water diaspora refugees veterans minorities territories "
    "home public works communications tourism sport sports youth science national peace regional planning land".split()
)
PERSON_SUFFIXES = (
    "ist", "ian", "man", "woman", "person", "teacher", "maker", "worker", "keeper", "driver", "officer", "writer", "owner", "player", "singer",
    "fighter", "holder", "leader", "grapher", "master",
)  # fmt: skip
NOT_PERSONS = frozenset(
    "human woman german roman ottoman list christian median artesian guardian resist exist consist assist persist".split()
)

FEMALE = frozenset(
    "she her hers herself mrs ms miss spokeswoman chairwoman queen lady woman mother daughter ombudswoman councilwoman sister wife".split()
)
MALE = frozenset("he him his himself mr sir spokesman chairman king prince man father son brother husband".split())

# Verbs of saying. The value says how a clause follows: "that" (only with that), "any" (with or without), "quote" (only a quotation).
SAY = {
    **dict.fromkeys(
        "said says say say noted notes added adds stressed stresses stated states claimed claims explained explains argued argues "
        "insisted insists believes recalled recalls admitted admits conceded acknowledged acknowledges "
        "estimated estimates warned warns emphasized emphasised emphasizes emphasises underlined underlines pointed remarked "
        "observed observes declared declares announced announces reported reports asserted asserts maintained maintains "
        "underscored underscores affirmed affirms highlighted highlights commented specified clarified indicated indicates revealed disclosed "
        "points deplored deplores lamented laments regretted regrets quips jokes joked reckons reckoned "
        "expressed confirmed confirms contended reiterated reiterates reminded told tells replied mentioned "
        "alleged wrote writes testified complained cautioned predicted cited concluded suggested promised pledged vowed assured informed".split(),
        "any",
    ),
    "denied": "deny", "denies": "deny", "rejected": "deny", "dismissed": "deny",
}  # fmt: skip
# After these a clause without "that" is too often an object: "announced a ceasefire", "reported losses".
NEEDS_THAT = frozenset(
    "points deplored deplores lamented laments regretted regrets underscored underscores affirmed affirms highlighted highlights commented specified clarified indicated indicates revealed disclosed expressed "
    "announced announces reported reports declared declares confirmed confirms cited mentioned underlined underlines "
    "stressed stresses emphasized emphasised emphasizes emphasises recalled recalls reiterated reiterates promised pledged vowed "
    "observed observes admitted conceded acknowledged acknowledges denied denies maintained maintains wrote writes pointed "
    "suggested predicted concluded assured informed estimated estimates asserted asserts alleged warned warns noted notes argued "
    "told tells reminded explained explains claimed claims states stated complained cautioned testified remarked replied answered insists insisted".split()
)
SAY_ONLY_QUOTE = frozenset(
    "exclaimed exclaims sighs laughs smiles shrugs nods recalls concludes asked asks shouted recalled laughed smiled joked quipped sighed whispered cried continued concluded agreed went "
    "responded responds replied replies answers answered".split()
)
SAY_AUX = frozenset("has had have also then later further again once repeatedly".split())

# Changes of control. One table: form -> (word of the model, kind of form).
#   past      finite past or participle      present   finite present       base   infinitive        ing   participle
CONTROL: dict[str, tuple[str, str]] = {}


def _verb(word: str, *forms: str) -> None:
    for form, kind in zip(forms, ("past", "present", "base", "ing"), strict=False):
        CONTROL[form] = (word, kind)


_verb("occupation", "occupied", "occupies", "occupy", "occupying")
for _forms in (
    "captured captures capture capturing", "seized seizes seize seizing", "overran overruns overrun overrunning",
    "conquered conquers conquer conquering", "annexed annexes annex annexing",
    "invaded", "stormed",
):  # fmt: skip
    if " " in _forms:
        _verb("capture", *_forms.split())
CONTROL |= {"overrun": ("capture", "past"), "taken": ("capture", "past"), "took": ("capture", "past"), "takes": ("capture", "present"),
            "take": ("capture", "base"), "taking": ("capture", "ing"), "fell": ("capture", "fell"), "falls": ("capture", "falls"),
            "fallen": ("capture", "fell"), "fall": ("capture", "falls")}  # fmt: skip
for _forms in (
    "liberated liberates liberate liberating", "retook retakes retake retaking", "recaptured recaptures recapture recapturing",
    "regained regains regain regaining", "freed frees free freeing", "recovered recovers recover recovering",
    "reclaimed reclaims reclaim reclaiming", "reoccupied reoccupies reoccupy reoccupying", "reconquered reconquers reconquer reconquering",
):  # fmt: skip
    _verb("liberation", *_forms.split())
CONTROL |= {"re-entered": ("liberation", "past"), "reentered": ("liberation", "past"), "retaken": ("liberation", "past"), "re-took": ("liberation", "past"), "re-taken": ("liberation", "past"),
            "won": ("liberation", "won"), "win": ("liberation", "win"), "wins": ("liberation", "win"),
            "leave": ("withdrawal", "leave"), "leaves": ("withdrawal", "leave"),
            "drove": ("capture", "drove"), "driven": ("capture", "drove"), "drive": ("capture", "drive"), "expelled": ("capture", "drove"),
            "ousted": ("capture", "drove")}  # fmt: skip
for _forms in (
    "withdrew withdraws withdraw withdrawing",
    "vacated vacates vacate vacating",
    "evacuated evacuates evacuate evacuating",
):
    _verb("withdrawal", *_forms.split())
CONTROL |= {
    "lost": ("capture", "lost"), "lose": ("capture", "base"), "withdrawn": ("withdrawal", "past"), "pulled": ("withdrawal", "pulled"), "pull": ("withdrawal", "pull-base"), "pulls": ("withdrawal", "pulls"),
    "returned": ("withdrawal", "returned"), "handed": ("withdrawal", "handed"), "left": ("withdrawal", "left"),
    "abandoned": ("withdrawal", "past"), "abandons": ("withdrawal", "present"), "retreated": ("withdrawal", "past"), "retreat": ("withdrawal", "base"), "retreats": ("withdrawal", "present"),
    "ceded": ("withdrawal", "handed"), "surrendered": ("capture", "handed"), "hands": ("capture", "hands"), "transferred": ("withdrawal", "handed"),
}  # fmt: skip
# Nouns, with "of" a place: "the capture of Shusha on 8 May 1992".
CONTROL_NOUNS = {
    "occupation": "occupation", "capture": "capture", "seizure": "capture", "fall": "capture", "conquest": "capture", "takeover": "capture",
    "annexation": "capture", "liberation": "liberation", "recapture": "liberation", "retaking": "liberation", "reconquest": "liberation",
    "withdrawal": "withdrawal", "pullout": "withdrawal", "evacuation": "withdrawal", "handover": "withdrawal", "return": "withdrawal",
    "loss": "capture",
}  # fmt: skip
# What the heading of a list or a column may call its rows.
CONTROL_HEADINGS = {
    "occupation": "occupation", "occupied": "occupation", "captured": "capture", "capture": "capture", "seized": "capture",
    "taken": "capture", "lost": "capture", "fell": "capture", "overrun": "capture", "annexed": "capture", "fall": "capture", "seizure": "capture",
    "liberated": "liberation", "liberation": "liberation", "retaken": "liberation", "recaptured": "liberation", "regained": "liberation",
    "freed": "liberation", "recovered": "liberation", "reclaimed": "liberation", "restored": "liberation",
    "withdrawal": "withdrawal", "returned": "withdrawal", "vacated": "withdrawal", "evacuated": "withdrawal", "withdrew": "withdrawal",
    "withdrawn": "withdrawal", "handed": "withdrawal", "left": "withdrawal", "retook": "liberation", "took": "capture", "losses": "capture",
    "captures": "capture", "fallen": "capture", "recapture": "liberation", "back": "liberation", "recaptures": "liberation", "retreat": "withdrawal",
}  # fmt: skip

NEGATIONS = frozenset(
    "nothing nobody none not never no n't without neither nor cannot hardly failed fails fail refused refuses unable".split()
)
# What stands before a verb and makes it wished for, planned, feared, or merely possible.
IRREALIS = frozenset("would could might may will shall should must can to if unless whether lest cannot ought".split())
REALIS_TO = frozenset("only managed able went began helped continued started returned came used proceeded".split())
UNREAL_CONTEXT = frozenset(
    "deny denied denies denying false untrue untruth rumour rumours rumor rumors hoax unconfirmed hypothetical hypothetically "
    "imagine suppose feared fears fear threatened threatens threat plan plans planned planning intends intend intended vowed vows "
    "vow promise hopes hoped hope wants wanted want demands demanded demand demanding urges urged urge calls called calling tries tried try "
    "trying attempt attempts attempted aims aimed goal possible possibly supposed ordered orders warned".split()
)

CEASEFIRES = frozenset("ceasefire ceasefires cease-fire cease-fires truce armistice cessation".split())
CEASEFIRE_VERBS = frozenset(
    "signed agreed took came entered reached concluded declared brokered announced began held started effect force sealed "
    "established proclaimed in-force stopped ended halted accepted negotiated imposed arranged mediated".split()
)
VIOLATIONS = frozenset(
    "violated violates violate violation violations broke broken breach breached collapsed ended expired violating".split()
)
NEGOTIATIONS = frozenset("negotiations talks".split())
BEGINNINGS = frozenset("began begun broke erupted started opened flared resumed followed".split())
CONFLICTS = frozenset("war conflict fighting hostilities battle clashes offensive uprising insurgency siege".split())
CITED = frozenset("resolution resolutions".split())
