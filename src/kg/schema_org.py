"""The JSON-LD context of schema.org, so that what refers to it is read without the network.

Its facts are those of release 30.0: every name is below ``http://schema.org/``, the values of some are IRIs or dates.
"""

from typing import Final

_VOCABULARY: Final = "http://schema.org/"
_PREFIXES: Final = {
    "brick": "https://brickschema.org/schema/Brick#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcam": "http://purl.org/dc/dcam/",
    "doap": "http://usefulinc.com/ns/doap#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prof": "http://www.w3.org/ns/dx/prof/",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "ssn": "http://www.w3.org/ns/ssn/",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "dctype": "http://purl.org/dc/dcmitype/",
}
_IRIS: Final = (
    "acquireLicensePage actionableFeedbackPolicy afterMedia archivedAt associatedDisease beforeMedia "
    "benefitsSummaryUrl codeRepository colleague colorSwatch constraintProperty contentUrl correctionsPolicy "
    "discussionUrl diseasePreventionInfo diseaseSpreadStatistics diversityPolicy diversityStaffingReport "
    "documentation downloadUrl duringMedia embedUrl ethicsPolicy gameLocation gettingTestedInfo "
    "hasGS1DigitalLink hasMap hasMolecularFunction healthPlanMarketingUrl image inCodeSet inDefinedTermSet "
    "installUrl isBasedOn isBasedOnUrl isInvolvedInBiologicalProcess isLocatedInSubcellularLocation isPartOf "
    "labelDetails layoutImage license logo mainEntityOfPage map maps masthead merchantReturnLink "
    "missionCoveragePrioritiesPolicy newsUpdatesAndGuidelines noBylinesPolicy originalMediaLink paymentUrl "
    "prescribingInfo productReturnLink publicTransportClosuresInfo publishingPrinciples quarantineGuidelines "
    "relatedLink replyToUrl sameAs schoolClosuresInfo screenshot sdLicense season serviceUrl "
    "shippingSettingsLink significantLink significantLinks speakable target targetUrl thumbnailUrl "
    "tourBookingPage trackingUrl travelBans unnamedSourcesPolicy url usageInfo verificationFactCheckingPolicy "
    "webFeed"
)
_DATES: Final = (
    "applicationStartDate auditDate availabilityEnds availabilityStarts birthDate commentTime dateCreated "
    "dateDeleted dateIssued dateModified datePosted datePublished dateRead dateVehicleFirstRegistered "
    "deathDate dissolutionDate endDate exceptDate expectedArrivalFrom expectedArrivalUntil expires "
    "foundingDate guidelineDate lastReviewed legislationDate legislationDateOfApplicability "
    "legislationDateVersion merchantReturnDays modelDate observationDate orderDate paymentDueDate "
    "previousStartDate priceValidUntil productionDate purchaseDate releaseDate scheduledPaymentDate "
    "scheduledTime sdDatePublished startDate uploadDate validFrom validThrough validUntil vehicleModelDate"
)

CONTEXT: Final[dict[str, object]] = {
    "@vocab": _VOCABULARY,
    "type": "@type",
    "id": "@id",
    "HTML": {"@id": "rdf:HTML"},
    **_PREFIXES,
    **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in _IRIS.split()},
    **{name: {"@id": f"schema:{name}", "@type": "schema:Date"} for name in _DATES.split()},
}
IRIS: Final = tuple(
    f"{scheme}://{host}schema.org{path}"
    for scheme in ("http", "https")
    for host in ("", "www.")
    for path in ("", "/", "/docs/jsonldcontext.json", "/docs/jsonldcontext.jsonld")
)
"""What documents call it."""
