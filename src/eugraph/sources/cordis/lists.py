"""Code lists of CORDIS that the import has to know; tests compare them with ontology/schemes/.

Source: EU authority table of countries, <http://publications.europa.eu/resource/authority/country>.
"""

from __future__ import annotations

# Two letters, as the EU writes them (EL, UK) or ISO 3166 does (GR, GB) -> the last part of the EU's address.
_COUNTRIES = """
    AD:AND AE:ARE AF:AFG AG:ATG AI:AIA AL:ALB AM:ARM AO:AGO AQ:ATA AR:ARG AS:ASM AT:AUT AU:AUS AW:ABW AX:ALA
    AZ:AZE BA:BIH BB:BRB BD:BGD BE:BEL BF:BFA BG:BGR BH:BHR BI:BDI BJ:BEN BL:BLM BM:BMU BN:BRN BO:BOL BQ:BES
    BR:BRA BS:BHS BT:BTN BV:BVT BW:BWA BY:BLR BZ:BLZ CA:CAN CC:CCK CD:COD CF:CAF CG:COG CH:CHE CI:CIV CK:COK
    CL:CHL CM:CMR CN:CHN CO:COL CP:CPT CR:CRI CU:CUB CV:CPV CW:CUW CX:CXR CY:CYP CZ:CZE DE:DEU DJ:DJI DK:DNK
    DM:DMA DO:DOM DZ:DZA EC:ECU EE:EST EG:EGY EH:ESH EL:GRC ER:ERI ES:ESP ET:ETH FI:FIN FJ:FJI FK:FLK FM:FSM
    FO:FRO FR:FRA GA:GAB GB:GBR GD:GRD GE:GEO GF:GUF GG:GGY GH:GHA GI:GIB GL:GRL GM:GMB GN:GIN GP:GLP GQ:GNQ
    GR:GRC GS:SGS GT:GTM GU:GUM GW:GNB GY:GUY HK:HKG HM:HMD HN:HND HR:HRV HT:HTI HU:HUN ID:IDN IE:IRL IL:ISR
    IM:IMN IN:IND IO:IOT IQ:IRQ IR:IRN IS:ISL IT:ITA JE:JEY JM:JAM JO:JOR JP:JPN KE:KEN KG:KGZ KH:KHM KI:KIR
    KM:COM KN:KNA KP:PRK KR:KOR KW:KWT KY:CYM KZ:KAZ LA:LAO LB:LBN LC:LCA LI:LIE LK:LKA LR:LBR LS:LSO LT:LTU
    LU:LUX LV:LVA LY:LBY MA:MAR MC:MCO MD:MDA ME:MNE MF:MAF MG:MDG MH:MHL MK:MKD ML:MLI MM:MMR MN:MNG MO:MAC
    MP:MNP MQ:MTQ MR:MRT MS:MSR MT:MLT MU:MUS MV:MDV MW:MWI MX:MEX MY:MYS MZ:MOZ NA:NAM NC:NCL NE:NER NF:NFK
    NG:NGA NI:NIC NL:NLD NO:NOR NP:NPL NR:NRU NU:NIU NZ:NZL OM:OMN PA:PAN PE:PER PF:PYF PG:PNG PH:PHL PK:PAK
    PL:POL PM:SPM PN:PCN PR:PRI PS:PSE PT:PRT PW:PLW PY:PRY QA:QAT RE:REU RO:ROU RS:SRB RU:RUS RW:RWA SA:SAU
    SB:SLB SC:SYC SD:SDN SE:SWE SG:SGP SH:SHN SI:SVN SJ:SJM SK:SVK SL:SLE SM:SMR SN:SEN SO:SOM SR:SUR SS:SSD
    ST:STP SV:SLV SX:SXM SY:SYR SZ:SWZ TC:TCA TD:TCD TF:FQ0 TG:TGO TH:THA TJ:TJK TK:TKL TL:TLS TM:TKM TN:TUN
    TO:TON TR:TUR TT:TTO TV:TUV TW:TWN TZ:TZA UA:UKR UG:UGA UK:GBR UM:UMI US:USA UY:URY UZ:UZB VA:VAT VC:VCT
    VE:VEN VG:VGB VI:VIR VN:VNM VU:VUT WF:WLF WS:WSM XK:1A0 YE:YEM YT:MYT ZA:ZAF ZM:ZMB ZW:ZWE
"""

COUNTRIES = dict(pair.split(":") for pair in _COUNTRIES.split())

# The concepts of ontology/schemes/funding-scheme.ttl.
_FUNDING_SCHEMES = """
    bbi-ia-demo bbi-ia-flag bbi-ria bsg-cso bsg-sme bsg-sme-ag cofund-ejp cp cp-csa cp-fp cp-ip cp-sica cp-tp
    cs2-ia cs2-ria csa csa-ca csa-era-plus csa-sa ecsel-ia ecsel-ria era-net-cofund erc-adg erc-ag erc-cg erc-cog
    erc-poc erc-poc-ls erc-sg erc-stg erc-syg euratom-cofund euratom-csa euratom-ia euratom-ria fch2-ria
    h2020-een-sga horizon-ag horizon-cofund horizon-csa horizon-eic horizon-eic-acc horizon-eic-acc-bf
    horizon-eit-kic horizon-erc horizon-erc-poc horizon-erc-syg horizon-ia horizon-ju-csa horizon-ju-ia
    horizon-ju-ria horizon-pcp horizon-ria horizon-tma-msca-cofund-d horizon-tma-msca-cofund-p horizon-tma-msca-dn
    horizon-tma-msca-dn-id horizon-tma-msca-dn-jd horizon-tma-msca-pf-ef horizon-tma-msca-pf-gf
    horizon-tma-msca-se ia imi2-csa imi2-ria jti-cp-artemis jti-cp-eniac jti-cp-fch jti-cp-imi jti-cs mc-cig
    mc-cofund mc-erg mc-iapp mc-ief mc-iif mc-iof mc-irg mc-irses mc-itn msca-cofund-dp msca-cofund-fp msca-if
    msca-if-ef-car msca-if-ef-ri msca-if-ef-se msca-if-ef-st msca-if-gf msca-itn msca-itn-eid msca-itn-ejd
    msca-itn-etn msca-rise noe operating-grant project-grant ria sesar-ia sga-csa sme-1 sme-2 sme-2b
"""

FUNDING_SCHEMES = frozenset(_FUNDING_SCHEMES.split())

ROLES = {
    "coordinator": "coordinator",
    "participant": "participant",
    "associatedPartner": "associatedPartner",
    "thirdParty": "thirdParty",
    "partner": "partnerOrganisation",
    "internationalPartner": "internationalPartner",
}  # as CORDIS writes them -> our concepts

STATUSES = {"SIGNED": "signed", "CLOSED": "closed", "TERMINATED": "terminated"}

ACTIVITY_TYPES = frozenset(("HES", "OTH", "PRC", "PUB", "REC"))

COLLECTIONS = {
    "publication": "publication",
    "project publication": "publication",
    "deliverable": "deliverable",
    "project deliverable": "deliverable",
    "pubsum": "reportSummary",
    "report summary": "reportSummary",
    "ipr": "intellectualProperty",
}  # in small letters -> our concepts

RESULT_KINDS = {
    "publication": {
        "article": "article",
        "book_chapter": "bookChapter",
        "book chapters": "bookChapter",
        "conference_proceeding": "conferencePaper",
        "conference proceedings": "conferencePaper",
        "monographic_book": "monograph",
        "monographic books": "monograph",
        "non-peer reviewed articles": "article",
        "other": "otherPublication",
        "peer_reviewed_article": "peerReviewedArticle",
        "peer reviewed articles": "peerReviewedArticle",
        "thesis_dissertation": "thesis",
        "thesis dissertations": "thesis",
    },
    "deliverable": {
        "d": "demonstrator",
        "data": "dataset",
        "dec": "websiteOrMedia",
        "demonstrators, pilots, prototypes": "demonstrator",
        "dmp": "dataManagementPlan",
        "documents, reports": "document",
        "e": "ethicsDocument",
        "o": "otherDeliverable",
        "open research data pilot": "dataManagementPlan",
        "other": "otherDeliverable",
        "r": "document",
        "websites, patent fillings, videos etc.": "websiteOrMedia",
        "websites, patent filings, videos etc.": "websiteOrMedia",
    },
    "intellectualProperty": {
        "other": "otherRight",
        "patent": "patent",
        "registered_design": "registeredDesign",
        "trademark": "trademark",
        "utility_model": "utilityModel",
    },
    "reportSummary": {},
}  # collection -> type in small letters -> our concepts
