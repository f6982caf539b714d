"""Made-up news about real places, as many pages as wanted: the same for the same seed, each page by its number alone.

    python -m bench.corpus 10000 > corpus.jsonl

Pages differ in their form (article, list, interview, short notice), in names (known and unknown), dates, numbers and
units, and in what goes round them. One in twelve repeats an earlier page, as agencies' texts are, one in twenty with
another number in it: sources that contradict each other are what kg is for. About 350 words each; none of it happened.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

KNOWN = (
    "Shusha Lachin Kalbajar Aghdam Fuzuli Jabrayil Gubadli Zangilan Khankendi Khojaly Agdere Hadrut Goranboy Tartar "
    "Ganja Barda Sumqayit Nakhchivan Goris Kapan Vardenis Gyumri Tavush Kharkiv Kherson Donetsk Luhansk Mariupol "
    "Bakhmut Izium Melitopol Aleppo Idlib Raqqa Hasakah Homs Mosul Kirkuk Tikrit Fallujah Tskhinvali Sukhumi Gali Gori"
).split()
HEADS = "Ardan Belo Cher Dovan Elmar Farn Gorad Hazar Ishan Jelin Karan Lomas Mirza Narin Orkan Pelin Qasan".split()
TAILS = "abad bulaq dagh grad kend li lar mar nik ovo polis quba sar tepe ur vez yurd".split()
FIRST = (
    "Anna Boris Clara Davit Elena Farid Gohar Hasan Irina Jamal Karin Leyla Marat Nina Orhan Petra Rauf Sona".split()
)
LAST = (
    "Abasov Barsegian Cavadli Demirci Erkin Fahradi Grigorian Huseynli Ivanenko Jafarov Karapetyan Lysenko Mammadli"
    " Novak Orbeliani Petrosian Qasimli Rustamov Sargsian Tevzadze Umarov Vardanian Yusifli Zeynalov"
).split()
ROLES = (
    "foreign minister|spokesman for the Defence Ministry|head of the regional administration|mayor of {place}"
    "|UN coordinator|deputy speaker of parliament|commander of the border guard"
).split("|")
FORCES = (
    "Armenian armed forces|Azerbaijani troops|Russian forces|Ukrainian troops|Syrian government forces|local militias"
    "|units of the national army"
).split("|")
TOOK = "occupied captured seized liberated retook".split()
OUTLETS = "Border Gazette|Daily Courier|Highland Agency|Lowland Post|Mountain Wire|River Herald|Valley Times".split("|")
MONTHS = ("January February March April May June July August September October November December").split()
FILLER = (
    "Roads to the north were closed for most of the week.|Schools in the area opened late, and buses ran only twice a "
    "day.|Traders at the market spoke of higher prices for bread and fuel.|Families carried what they could to the "
    "railway station.|The weather was cold, with fog in the lower parts of the valley.|Engineers said that the repair "
    "of the power line would take another month.|Nobody at the post office knew when letters would be delivered "
    "again.|The harvest had been poor for the second year.|Volunteers handed out blankets near the town hall.|A team "
    "of doctors arrived with two ambulances and a field kitchen.|Local radio repeated the announcement every "
    "hour.|The bridge over the river is narrow and old.|Several houses on the main street had lost their roofs.|"
    "Shepherds moved their flocks to pastures further south.|The library reopened with a small exhibition of maps."
).split("|")


def pages(count: int, *, seed: int = 0, first: int = 0) -> Iterator[dict[str, str]]:
    """Records with ``id``, ``title``, ``published``, ``publisher`` and ``text``."""
    for number in range(first, first + count):
        yield page(number, seed=seed)


def page(number: int, *, seed: int = 0) -> dict[str, str]:
    """One page; it depends on its number and the seed, not on what was made before."""
    chance = Random(f"{seed}/{number}")
    if number > 12 and chance.random() < 1 / 12:
        return _repeat(number, chance, seed)
    published = date(1994, 1, 1) + timedelta(days=chance.randrange(11_000))
    form = chance.choices((_article, _list, _interview, _notice), (6, 2, 2, 1))[0]
    title, paragraphs = form(chance, published)
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    while words < 320:
        more = " ".join(chance.sample(FILLER, 4))
        paragraphs.insert(chance.randrange(1, len(paragraphs) + 1), more)
        words += len(more.split())
    return _record(number, title, published, _outlet(chance), "\n\n".join([title, *paragraphs]))


def _repeat(number: int, chance: Random, seed: int) -> dict[str, str]:
    earlier = page(chance.randrange(max(0, number - 5_000), number), seed=seed)
    text = earlier["text"]
    if chance.random() < 0.4:
        text = text.replace(" 19", " 20", 1).replace("km2", "square kilometers", 1)
    published = date.fromisoformat(earlier["published"]) + timedelta(days=chance.randrange(3))
    return _record(number, earlier["title"], published, _outlet(chance), text)


def _record(number: int, title: str, published: date, outlet: str, text: str) -> dict[str, str]:
    return {
        "id": f"page-{number:07d}",
        "title": title,
        "published": published.isoformat(),
        "publisher": outlet,
        "text": text,
    }


# Forms


def _article(chance: Random, published: date) -> tuple[str, list[str]]:
    place, other, who, force = _place(chance), _place(chance), _person(chance), chance.choice(FORCES)
    role, verb = _role(chance), chance.choice(TOOK)
    then = published - timedelta(days=chance.randrange(20, 9_000))
    area, percent = _area(chance), chance.randrange(2, 60)
    title = f"{who.split()[1]}: talks on {place} will go on"
    return title, [
        f"The talks on {place} will go on next month, said {role} {who} in an interview with the {_outlet(chance)}.",
        f"“{_words(chance)} {_words(chance)}” {who.split()[1]} said. “{_words(chance)}”",
        f"{chance.choice(FORCES)} {verb} {other} on {_day(chance, then)}, and {percent} percent of the district "
        f"was affected. The district has an area of {area}. {_sentence(chance)}",
        f"On {_day(chance, published - timedelta(days=chance.randrange(1, 30)))}, {force} {chance.choice(TOOK)} "
        f"{_place(chance)}, {chance.randrange(2, 90)} km from {place}. {_sentence(chance)}",
        f"{_person(chance)}, {_role(chance)}, noted that the situation near {_place(chance)} was calm. "
        f"According to {_person(chance)}, {chance.randrange(3, 400)} people had left {other} by {_day(chance, then)}.",
        f"A ceasefire was agreed on {_day(chance, then + timedelta(chance.randrange(5, 90)))}. {_sentence(chance)}",
    ]


def _list(chance: Random, published: date) -> tuple[str, list[str]]:
    title = chance.choice(
        ("The Occupation in Figures", "Territory in figures", "Liberated settlements", "Captured towns")
    )
    rows = []
    for _ in range(chance.randrange(4, 12)):
        then = published - timedelta(days=chance.randrange(100, 9_000))
        rows.append(f"{_place(chance)}: {_day(chance, then)}, territory {_area(chance)}")
    body = "; ".join(rows) + "." if chance.random() < 0.5 else "\n".join(f"- {row}" for row in rows)
    return title, [body, f"{_sentence(chance)} {_sentence(chance)}", _sentence(chance)]


def _interview(chance: Random, published: date) -> tuple[str, list[str]]:
    who, role, place = _person(chance), _role(chance), _place(chance)
    turns = [f"{role[0].upper()}{role[1:]} {who} spoke with the {_outlet(chance)} about {place}."]
    for _ in range(chance.randrange(3, 6)):
        turns.append(f"Q. What is known about {_place(chance)}?")
        then = published - timedelta(days=chance.randrange(10, 4_000))
        turns.append(
            f"A. {_words(chance)} {chance.choice(FORCES)} {chance.choice(TOOK)} {_place(chance)} "
            f"on {_day(chance, then)}. {_words(chance)}"
        )
    return f"{who}: {_words(chance).rstrip('.')}", turns


def _notice(chance: Random, published: date) -> tuple[str, list[str]]:
    place = _place(chance)
    then = published - timedelta(days=chance.randrange(1, 20))
    return f"{place} reported quiet", [
        f"{place.upper()}, {MONTHS[then.month - 1][:3]}. {then.day} - {chance.choice(FORCES)} withdrew from {place} on "
        f"{_day(chance, then)}, the {_outlet(chance)} reported.",
        f"The unit held {_area(chance)}, or {chance.randrange(1, 40)} percent of the region. {_sentence(chance)}",
    ]


# Parts


def _place(chance: Random) -> str:
    if chance.random() < 0.7:  # some places are in the news far more often than others
        return KNOWN[min(int(chance.expovariate(0.08)), len(KNOWN) - 1)]
    return chance.choice(HEADS) + chance.choice(TAILS)


def _person(chance: Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def _outlet(chance: Random) -> str:
    return chance.choice(OUTLETS)


def _role(chance: Random) -> str:
    return chance.choice(ROLES).replace("{place}", _place(chance))


def _day(chance: Random, day: date) -> str:
    month = MONTHS[day.month - 1]
    forms = (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3].lower()} {day.day:02d}, {day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{month} {day.year}",
    )
    return chance.choice(forms)


def _area(chance: Random) -> str:
    number = chance.randrange(90, 4_500)
    unit = chance.choice(("km2", "km2", "sq km", "square kilometers", "km²", "ha"))
    return f"{number * 100:,} ha" if unit == "ha" else f"{number:,} {unit}"


def _sentence(chance: Random) -> str:
    return chance.choice(FILLER)


def _words(chance: Random) -> str:
    return chance.choice(
        ("We expect a just result.", "The road must be opened before winter.", "Nobody wants another war.",
         "I do not think that diplomacy is exhausted.", "We have agreed to meet again.", "People want to go home.",
         "The line has been quiet for a week.", "We call it a difficult year.", "This is not the end of the story.")
    )  # fmt: skip


if __name__ == "__main__":
    for made in pages(int(sys.argv[1]), seed=int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        print(json.dumps(made, ensure_ascii=False))
