"""The terms of a gazetteer file (docs/gazetteer.md); what a dataset shows of an entry is `SHOWN`."""

from pyoxigraph import NamedNode

from kg.vocabulary import GEO, KG, ORG, RDF, RDFS, SCHEMA

BASE = "https://kg.example/"
"""What stands before every key in a gazetteer file; a build puts its own base in its place."""

A = RDF.type
LABEL = RDFS.label
PLACE = SCHEMA.AdministrativeArea
FEATURE = GEO.Feature
"""Every place is one too; files need not say so."""
ORGANIZATION = SCHEMA.Organization
PERSON = SCHEMA.Person
ROLE = ORG.Role
TYPE = SCHEMA.additionalType
ALTERNATE = SCHEMA.alternateName
ACRONYM = KG.acronym
DEMONYM = KG.demonym
PEOPLE = KG.people
ISO = KG.iso
WITHIN = SCHEMA.containedInPlace
AREA = KG.citedAreaKm2
LATITUDE = SCHEMA.latitude
LONGITUDE = SCHEMA.longitude
SAME = SCHEMA.sameAs
NOTE = KG.note
LOCATION = NamedNode("https://schema.org/location")
"""The country that an organization belongs to."""
POPULATION = NamedNode("https://www.geonames.org/ontology#population")
"""How many people: tells a large city from its namesakes."""

SHOWN = frozenset({A, LABEL, ALTERNATE, TYPE, ISO, WITHIN, AREA, LATITUDE, LONGITUDE, SAME, NOTE})
ONCE = frozenset({TYPE, ISO, WITHIN, AREA, LATITUDE, LONGITUDE, LOCATION, POPULATION})
"""Where two files describe an entry, the first that gives one of these wins, as does the first label of a language."""


def node(key: str, base: str = BASE) -> NamedNode:
    """The IRI of an entry below a base."""
    return NamedNode(base + key)
