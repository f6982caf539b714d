"""Which names are places, which entry they are, and when they are linked: each with its wrong and right neighbour."""

from pathlib import Path

import pytest

import kg
from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Extraction, FigureClaim, Source
from kg.read.split import documents


def extracted(text: str, media_type: str = "text/plain") -> Extraction:
    (document,) = documents(Source("page.txt", "page", text, media_type))
    return extract(document, gazetteer.load())


def mentions(text: str, media_type: str = "text/plain") -> dict[str, str | None]:
    """Each named place, person and organization with the last segment of its key; None where it is not linked."""
    found = extracted(text, media_type)
    return {
        mention.span.of(text): (mention.entity.key or "").rpartition("/")[2] or None
        for mention in found.mentions
        if mention.entity and mention.kind in ("place", "person", "organization")
    }


def kinds(text: str) -> dict[str, str]:
    found = extracted(text)
    return {m.span.of(text): m.kind for m in found.mentions if m.kind in ("place", "person", "organization")}


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        # where the text puts it
        ("The army took the villages of Dashkasan and Arpa in Jabrayil district.", "Dashkasan", None),
        ("The town of Dashkasan in western Azerbaijan lives from its mine.", "Dashkasan", "geonames-586765"),
        ("South of the pass the column reached Martuni in Nagorno-Karabakh.", "Martuni", None),
        ("The lake at Martuni in Armenia froze.", "Martuni", "geonames-616438"),
        ("Fighting went on near Pryluky, northwest of Huliaipole in Ukraine.", "Pryluky", None),
        ("Pryluky, east of Kyiv in Ukraine, has a museum.", "Pryluky", "geonames-696108"),
        ("Attacks were beaten off west of Pokrovsk, at Serhiivka.", "Serhiivka", "geonames-694447"),
        ("Serhiivka, a resort in Odesa region, was quiet.", "Serhiivka", "geonames-694467"),
        ("Serhiivka, a village near Lviv, was quiet.", "Serhiivka", None),
        ("The village of Vang in Khojavend district was renamed Chinarli.", "Chinarli", None),
        ("Fighters shelled Sinjar, a small town south of Idlib in Syria.", "Sinjar", "geonames-164094"),
        ("Sinjar, west of Mosul in Iraq, was shelled.", "Sinjar", "geonames-448149"),
        ("Tripoli, the port in the north of Lebanon, saw clashes.", "Tripoli", "geonames-266826"),
        ("Syria's Hama was quiet.", "Hama", "geonames-170017"),
        ("Villages near Sloviansk, including Dolyna, were hit in Ukraine.", "Dolyna", "geonames-709795"),
        ("Azerbaijan said Khojavend, known to Armenians as Martuni, was calm.", "Martuni", None),
        ("He was born in Paris, Texas.", "Paris", None),
        ("They won in Atlanta, Georgia.", "Georgia", "US-GA"),
        ("Tbilisi, Georgia, hosted the talks.", "Georgia", "GE"),
        ("Crimea, Abkhazia and South Ossetia are disputed.", "Crimea", "UA-43"),
        # what the text calls it
        ("In North Kivu, rebels captured the village of Hama.", "Hama", None),
        ("Rebels captured the city of Hama in Syria.", "Hama", "geonames-170017"),
        ("Rebels captured Rostov on the Don in May 1918.", "Rostov on the Don", "geonames-501175"),
        ("Rioters occupied the city of Lima, Peru, on Friday.", "Peru", "PE"),
        ("A Grad salvo struck the depot.", "Grad", None),
        # another region of the story
        ("Azerbaijan and Armenia exchanged fire near Zenica and Grad.", "Grad", None),
        ("Sudan's army left for Man.", "Man", None),
        ("The Ladysmith road was cut. Dundee was given up by its garrison on 22 October 1899.", "Dundee", None),
        ("The Arbroath road was cut. Dundee was given up by its garrison.", "Dundee", "geonames-2650752"),
        ("On 24 March the insurgents seized Palma; Pemba was full of people.", "Palma", None),
        ("On 24 March the insurgents seized Palma. Fishermen slept in Pemba.", "Pemba", "geonames-1028918"),
        ("The army withdrew from Blida and from Sidon.", "Blida", None),
        ("The army withdrew from Blida and from Constantine.", "Blida", "geonames-2503769"),
        ("Iran regained Khorramshahr; Bostan had been retaken before.", "Bostan", None),
        ("Rebels took Kuito. The talks on Huambo were held in Geneva.", "Geneva", "geonames-2660646"),
        ("UNITA captured Huambo, where a surgeon of Leuven worked.", "Huambo", "geonames-3348313"),
        # what is doubtful after "in"
        ("Talks in Washington were held.", "Washington", None),
        ("Spokane in Washington was quiet.", "Washington", "US-WA"),
        ("Rome, a mill town on the river, followed on 18 May 1864.", "Rome", None),
        ("Rome, a city on the river, followed on 18 May 1864.", "Rome", "IT-RM"),
        ("They shelled Baku, the town slept.", "Baku", "AZ-BA"),
        # a name that several entries have
        ("Ukraine said that its troops hold Ivanivka.", "Ivanivka", None),
        ("Ukraine said that its troops hold Ivanivka in Odesa region.", "Ivanivka", None),
        # an old name
        ("Ukraine said that its troops entered Novooleksandrivka.", "Novooleksandrivka", None),
        ("Ukraine said that its troops entered Melitopol.", "Melitopol", "geonames-701404"),
        # a country, or the state of a union that has its name
        ("Governor Ray Coleman of Georgia spoke of peaches.", "Georgia", "US-GA"),
        ("The president of Georgia spoke of peaches.", "Georgia", "GE"),
        ("A farmer in Rome, Georgia, wrote to the paper.", "Georgia", "US-GA"),
        ("A farmer in Gori, Georgia, wrote to the paper.", "Georgia", "GE"),
        ("The peaches grew in Georgia, Alabama and Florida.", "Georgia", "US-GA"),
        ("The vines grew in Georgia, Armenia and Turkey.", "Georgia", "GE"),
        ("The state of Georgia has a new flag.", "Georgia", "US-GA"),
        ("Lebanon, New Hampshire, took in refugees.", "Lebanon", None),
        ("Lebanon, Syria and Iraq took in refugees.", "Lebanon", "LB"),
        # a division that plain text takes for a person
        ("A court in Alexandria, Virginia, freed the trader.", "Alexandria", "geonames-4744091"),
        ("A court in Alexandria freed the trader.", "Alexandria", "geonames-361058"),
        ("Police in Hyderabad, Telangana, let the men go to Pakistan.", "Hyderabad", "geonames-1269843"),
        ("Police in Hyderabad in Sindh let the men go to India.", "Hyderabad", "geonames-1176734"),
        ("He lives in Alexandria, Virginia, and writes about Sinai.", "Alexandria", "geonames-4744091"),
        ("Tourists like Bar on the coast of Montenegro.", "Bar", "ME-02"),
        ("Tourists like the bar on the coast of Montenegro.", "Montenegro", "ME"),
        ("He was stopped at the bridge of Zugdidi.", "Zugdidi", "geonames-610824"),
        ("Tessalit, whose airfield had been bombed, was captured.", "Tessalit", "geonames-2449893"),
        ("He was born in Dublin, Ohio, and died in Basra, Iraq.", "Dublin", None),
        ("He was born in Dublin, and died in Basra, Iraq.", "Dublin", "geonames-2964574"),
        ("They came from Kharkiv, Crimea, and Kherson in Ukraine.", "Kharkiv", "geonames-706483"),
        # what the text introduces
        ("In the Dominican Republic the town of Santiago was dark.", "Santiago", None),
        ("In Chile the city of Santiago was dark.", "Santiago", "geonames-3871336"),
        ("Jerusalem, a hamlet in Lincolnshire, has twenty houses.", "Jerusalem", None),
        ("Jerusalem, a city in the hills, has many houses.", "Jerusalem", "jerusalem"),
        ("Kyrenia district was occupied by Turkish troops.", "Kyrenia district", "CY-06"),
        ("Turkish troops came from the Northern district.", "Northern district", None),
        ("Gao was captured by the MNLA.", "Gao", "geonames-2457163"),
        ("The Podil district of Kyiv was hit.", "Podil", None),
        ("The Podil district of Kyiv was hit.", "Kyiv", "UA-30"),
        ("The Agdam district of Azerbaijan was hit.", "Agdam", "AZ-AGM"),
        ("The camp at Bristol, south of Freetown, was hit.", "Bristol", None),
        ("The camp at Bristol was hit.", "Bristol", "geonames-2654675"),
        # a spelling is no old name
        ("Troops captured Zalingei.", "Zalingei", "geonames-363533"),
        # a word that is a town's name where the text says where it lies
        ("The delegates took the train from Nice to Paris.", "Nice", "geonames-2990440"),
        ("Nice and early they took the train to Paris.", "Nice", None),
        ("Refugees were taken to Split in Croatia.", "Split", "geonames-3190261"),
        ("Patrols were fired on east of Kutum in Darfur, at Damra and Basra.", "Basra", None),
        ("Patrols were fired on at Basra and Kufa in Iraq.", "Basra", "geonames-99532"),
        ("He spoke of South and Central Asia.", "South", "south-asia"),
        ("He spoke of South and Central Norland.", "South", None),
        ("The hamlet of Old Ford in South Kivu was renamed Medina.", "Medina", None),
        ("They held the near bank of the Jordan until spring.", "Jordan", "jordan-river"),
        ("In Antioquia department the villages of Toledo and Granada fell.", "Antioquia", "CO-ANT"),
        ("In Antioquia department the villages of Toledo and Granada fell.", "Toledo", None),
        ("Basra is the new name of the hamlet of Taziri.", "Basra", None),
        ("Istanbul is the new name of Constantinople.", "Istanbul", "geonames-745044"),
        ("They held the east of Jordan until spring.", "Jordan", "JO"),
        ("The wounded crossed to England and were taken to Reading.", "Reading", "geonames-2639577"),
        ("Troops entered Georgia in May. Atlanta and Savannah fell.", "Georgia", "US-GA"),
        ("Troops entered Georgia in May. Gori and Batumi fell.", "Georgia", "GE"),
    ],
)  # fmt: skip
def test_a_name_is_linked_only_to_what_the_text_lets_it_be(text: str, name: str, key: str | None) -> None:
    assert mentions(text).get(name) == key


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("The shelling with GRAD launchers destroyed a school in Maribor in Slovenia.", "GRAD", None),
        ("Residents threw Molotov cocktails in Moscow.", "Molotov", None),
        ("The officer drew his Makarov pistol in Kyiv.", "Makarov", None),
        ("The officer came to Makariv in Ukraine.", "Makariv", "geonames-702337"),
        ("The frigate Saratov burnt in the harbour.", "Saratov", None),
        ("The governor of Saratov resigned.", "Saratov", "geonames-498677"),
        ("A bust of Engels was pulled down in Russia.", "Engels", None),
        ("A drone was seen over Engels in Russia.", "Engels", "geonames-563464"),
        ("The minister gave the interview in English.", "English", None),
        ("An English newspaper reported it.", "English", "GB-ENG"),
        ("He can speak Polish and some Turkish, said the guide.", "Turkish", None),
        ("Polish and Turkish diplomats met.", "Turkish", "TR"),
        ("Montgomery's tanks stood before El Alamein.", "Montgomery", None),
        ("Damascus's troops stood before Aleppo.", "Damascus", "geonames-170654"),
        ("The Jewish state's premier spoke.", "Jewish", None),
        ("Units on the Kupiansk axis moved little in Ukraine.", "Kupiansk", None),
        ("Units left Kupiansk in Ukraine.", "Kupiansk", "geonames-703656"),
        ("A Batman film was shown in Sukhumi.", "Batman", None),
        ("A Batman court heard the case.", "Batman", "geonames-321836"),
        ("A man in a Panama hat was stopped.", "Panama", None),
        ("A man from Panama was stopped.", "Panama", "PA"),
        ("Turkey was served at the barracks.", "Turkey", None),
        ("Turkey was shelled from the barracks.", "Turkey", "TR"),
        ("The Kursk was lost with all hands.", "Kursk", None),
        ("The first tank over was called Lima and had a Sikh driver.", "Lima", None),
        ("A dog named Lima slept.", "Lima", None),
        ("The first tank reached a town called Lima.", "Lima", "geonames-3936456"),
        ("The Kursk offensive was lost.", "Kursk", "geonames-538560"),
        ("Kursk was lost.", "Kursk", "geonames-538560"),
        ("The Treaty of Lausanne drew the border.", "Lausanne", None),
        ("The mayor of Lausanne drew the border.", "Lausanne", "geonames-2659994"),
        ("The Duke of Wellington came.", "Wellington", None),
        ("Roma families left Pristina.", "Roma", None),
        ("Two Katyushas fell on Haifa.", "Katyushas", None),
        ("Two Cubans came to Haifa.", "Cubans", "CU"),
        ("A bottle of Bordeaux was found.", "Bordeaux", None),
        ("The port of Bordeaux was found closed.", "Bordeaux", "geonames-3031582"),
        ("Liverpool won 3-1 in Kyiv.", "Liverpool", None),
        ("Liverpool sent help to Kyiv.", "Liverpool", "geonames-2644210"),
    ],
)  # fmt: skip
def test_a_weapon_a_ship_a_language_or_a_man_is_no_place(text: str, name: str, key: str | None) -> None:
    assert mentions(text).get(name) == key


def test_a_column_of_districts_says_where_the_villages_of_a_table_lie() -> None:
    text = (
        "| Name | Raion | Note |\n| --- | --- | --- |\n"
        "| Mykhailivka | Beryslav | Captured by Russia 6 March 2022. |\n"
        "| Velyka Oleksandrivka | Beryslav | Captured by Russia 7 March 2022. |\n"
    )
    found = mentions(text, "text/markdown")
    assert found["Mykhailivka"] is None
    assert found["Velyka Oleksandrivka"] == "geonames-690288"


def test_an_ambiguous_name_is_unresolved_with_its_candidates() -> None:
    text = "Ukraine said that its troops hold the village of Ivanivka."
    (unresolved,) = [one for one in extracted(text).unresolved if one.span.of(text) == "Ivanivka"]
    assert len(unresolved.candidates) > 3


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Armenia lost two T-72 tanks and five TB-2 drones.", "T-72", None),
        ("HIMARS launchers were seen in Ukraine.", "HIMARS", None),
        ("The M23 said on Monday that it left Goma.", "M23", "organization"),
        ("NATO aircraft flew over Bosnia.", "NATO", "organization"),
        ("Javelin missiles were shown in Kyiv.", "Javelin", None),
        ("Colonel Javelin Okoth met the envoy in Juba.", "Javelin Okoth", "person"),
        ("She wrote on her official Instagram page.", "Instagram", None),
        ("The president, in a Facebook post, thanked the army.", "Facebook", None),
    ],
)  # fmt: skip
def test_a_weapon_or_an_app_is_no_organization_and_no_person(text: str, name: str, kind: str | None) -> None:
    assert kinds(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("In Moscow, B. Yegoshin and V. Ardelia hold a meeting.", "V. Ardelia", "person"),
        ("Defence Minister Israel Kagan spoke to reporters in Haifa.", "Israel Kagan", "person"),
        ("Jordan Peters said that the road is open.", "Jordan Peters", "person"),
        ("Jordan said that the road is open.", "Jordan", "place"),
        ("The Defence Minister, Israel Katz, was in Haifa.", "Israel Katz", "person"),
        ("The capital of the minister, Israel, was quiet.", "Israel", "place"),
        ("Alexandria Hughes, a nurse, and Jordan Mosul, a driver, left.", "Jordan Mosul", "person"),
        ("Jordan Miller, a nurse from Ohio, came.", "Jordan Miller", "person"),
        ("Mr Sydney said that the bridge is lost.", "Sydney", "person"),
        ("Sergeant London died near Raqqa.", "London", "person"),
        ("Her son Milan fled from Vukovar.", "Milan", "person"),
        ("Ambassador Paris met the king.", "Paris", "person"),
        ("The ambassador to Paris met the king.", "Paris", "place"),
        ("REBELS LEAVE HOMS, SYRIA", "REBELS LEAVE HOMS", None),
        ("ELEPHANT PASS, SRI LANKA", "ELEPHANT PASS", "place"),
        ("Their sister city Milan sent aid.", "Milan", "place"),
        ("The rebels marched on Bor, north of Juba.", "Bor", "place"),
        ("It was calm at Easter.", "Easter", None),
        ("Annex B lists the wells.", "Annex B", None),
        ("The naval post of Alamputi was taken.", "Alamputi", "place"),
        ("In Jordan, Mosul, a drive away, was the talk.", "Jordan", "place"),
        ("In London, Alexander Lebedev and Ivan Kirov dined.", "Ivan Kirov", "person"),
        ("Kirov, who was born in 1886, was a party man.", "Kirov", "person"),
        ("Kirov, which has a museum, is a city in Russia.", "Kirov", "place"),
        ("Troops of al Qaeda in the Islamic Maghreb left Mali.", "al Qaeda in the Islamic Maghreb", "organization"),
        ("Troops took other ISIL-held territory in Syria.", "ISIL-held", None),
        ("Troops took ISIL-held Raqqa in Syria.", "Raqqa", "place"),
        ("The strike was done by aircraft of the Coalition on Monday.", "Coalition", "organization"),
        ("The Minister of Trade and Roads of Artsakh Vahan Petoyan told reporters.", "Vahan Petoyan", "person"),
        ('Secretary Peter Cook spoke. "We struck," Cook said.', "Cook", "person"),
        ("Unlike the Gaza Strip and West Bank, the heights were annexed.", "West Bank", "place"),
        ("The French and Royal Navy worked together.", "Royal Navy", "organization"),
        ("Troops of the 4th Brigade came.", "4th Brigade", "organization"),
        ("Troops of the 68th Separate Jaeger Brigade came.", "68th Separate Jaeger Brigade", "organization"),
        ("It was the 4th house of the street.", "4th", None),
        ("The strike destroyed a VBIED, and two more VBIED were seen.", "VBIED", None),
        ("A UNHCR official came.", "UNHCR", "organization"),
        ("They retook Qayyarah Airfield West, also called “Q-West”, on Saturday.", "Q-West", "place"),
        ("They rode the pony, also called “Q-West”, on Saturday.", "Q-West", None),
        ("He spoke of Hope and of Besk.", "Hope", None),
        ("The crew of USS Hopper saw Forbin leave.", "USS Hopper", None),
        ("Operation Inherent Resolve began in 2014.", "Operation Inherent Resolve", None),
    ],
)  # fmt: skip
def test_a_name_is_what_its_form_and_the_whole_document_say(text: str, name: str, kind: str | None) -> None:
    assert kinds(text).get(name) == kind


def test_the_river_is_meant_only_where_the_text_says_so() -> None:
    assert mentions("The Niger overflowed its banks at Gao in Mali.")["Niger"] == "niger-river"
    assert mentions("The Niger government met in Niamey.").get("Niger") != "niger-river"
    assert mentions("Mali and Niger signed the pact.")["Niger"] == "NE"
    assert mentions("Troops went back over the river Dnipro in Ukraine.")["Dnipro"] == "dnipro-river"
    assert mentions("Troops left Dnipro in Ukraine.")["Dnipro"] == "geonames-709930"


def test_one_name_of_unlinked_places_in_two_documents_is_a_finding_and_a_linked_one_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, day in (("a", 11), ("b", 13)):
        (folder / f"{name}.txt").write_text(
            f"Azerbaijani forces captured the village of Khtsaberd on {day} December 2020. "
            f"They captured Shusha on {day} December 2020.\n",
            encoding="utf-8",
        )
    kg.build([folder], tmp_path / "data")
    rows = [row for row in kg.open(tmp_path / "data").query("findings") if row["check"] == "same-name"]
    assert [str(row["message"]) for row in rows] == [
        "2 documents speak of a place called Khtsaberd, which is linked to no entry; it may be one place or several: "
        "captured 2020-12-11 (a-1); captured 2020-12-13 (b-1)."
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Armenia controlled 14,000 square kilometres of land outside its borders.", None),
        ("Serbia gave up 10,887 square kilometres, it is said.", None),
        ("Georgia complains that Russia's hold on 20 percent of its land has lasted.", "place/GE"),
        ("Shusha, Azerbaijan, covers 289 square kilometers.", "place/AZ-SUS"),
        ("Cyprus, with an area of 9,251 square kilometres, was divided in 1974.", "place/CY"),
        ("Lachin covers 1,835 square kilometres.", "place/AZ-LAC"),
        ("Lachin has always covered 1,835 square kilometres.", "place/AZ-LAC"),
        ("Lachin's area is 1,835 square kilometres.", "place/AZ-LAC"),
        ("Turkish troops hold 36 percent of the territory of Cyprus.", "place/CY"),
    ],
)
def test_what_a_state_does_is_no_measure_of_it_and_city_country_is_one_place(text: str, subject: str | None) -> None:
    figures = [claim for claim in extracted(text).claims if isinstance(claim, FigureClaim)]
    assert [claim.of and claim.of.key for claim in figures] == [subject]


def test_a_site_without_a_name_of_its_own_is_a_mention_where_its_event_is_told() -> None:
    text = (
        "The brigade stood before the Al Salem hospital. On 11 November 2023 it seized the Al Salem hospital complex."
    )
    (place,) = [c.place for c in extracted(text).claims if isinstance(c, EventClaim)]
    (mention,) = [m for m in extracted(text).mentions if m.entity == place]
    assert (mention.kind, mention.span.of(text)) == ("place", "Al Salem hospital complex")
    assert "Al Salem hospital complex" not in mentions("The brigade stood before the Al Salem hospital complex.")


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("The army took Mosul on Monday. It searched the city for mines.", "the city", "geonames-99072"),
        ("The army took Mosul and Tikrit on Monday. It searched the city for mines.", "the city", None),
        ("The army took Mosul on Monday. It searched the city of Tikrit for mines.", "the city", None),
        ("The army took Mosul on Monday. It searched the city council for mines.", "the city", None),
        ("Fifty men from Mosul crossed the river. They searched the town for mines.", "the town", None),
        ("The army took Mosul on Monday. It searched the village for mines.", "the village", None),
        ("The army left Iraq on Monday. It had been in the country for years.", "the country", "IQ"),
        ("The army left Iraq for Syria on Monday. It had been in the country for years.", "the country", None),
        ("Cairo said on Monday that it was calm. The mayor of the city did not say more.", "the city", None),
        ("BAGHDAD (Lake Press) -- The army took a bridge on Monday, said a man.", "BAGHDAD", "geonames-98182"),
        ("The men came to Qayyarah on Monday.", "Qayyarah", "geonames-99003"),
    ],
)  # fmt: skip
def test_the_city_is_a_mention_of_the_one_place_that_it_can_be(text: str, name: str, key: str | None) -> None:
    assert mentions(text).get(name) == key


def test_a_site_has_its_own_name() -> None:
    assert "Qayyarah Airfield West" in mentions("The men came to Qayyarah Airfield West on Monday.")
