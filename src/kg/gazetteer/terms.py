"""The terms of a gazetteer file, as documented in docs/gazetteer.md."""

from pyoxigraph import NamedNode

BASE = "https://kg.example/"
"""What stands before every key in a gazetteer file; a build puts its own base in its place."""

_KG = "https://kg.example/ontology#"
_SCHEMA = "https://schema.org/"
_GN = "https://www.geonames.org/ontology#"

A = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
PLACE = NamedNode(_SCHEMA + "AdministrativeArea")
ORGANIZATION = NamedNode(_SCHEMA + "Organization")
PERSON = NamedNode(_SCHEMA + "Person")
ROLE = NamedNode("http://www.w3.org/ns/org#Role")
TYPE = NamedNode(_SCHEMA + "additionalType")
ALTERNATE = NamedNode(_SCHEMA + "alternateName")
ACRONYM = NamedNode(_KG + "acronym")
DEMONYM = NamedNode(_KG + "demonym")
PEOPLE = NamedNode(_KG + "people")
COUNTRY = NamedNode(_GN + "countryCode")
WITHIN = NamedNode(_SCHEMA + "containedInPlace")
AREA = NamedNode(_KG + "areaKm2")
POPULATION = NamedNode(_GN + "population")
LATITUDE = NamedNode("http://www.w3.org/2003/01/geo/wgs84_pos#lat")
LONGITUDE = NamedNode("http://www.w3.org/2003/01/geo/wgs84_pos#long")
