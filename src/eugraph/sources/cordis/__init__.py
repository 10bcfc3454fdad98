"""CORDIS, the project database of the European Commission: its bulk files to statements, with a ledger of their faults.

Source: <https://cordis.europa.eu/about/services>, files at
<https://data.europa.eu/data/datasets/cordis-eu-research-projects-under-horizon-europe-2021-2027>.
"""
