"""The catalogue of a release for data portals: DCAT-AP 3.0.1, and the same in schema.org.

- model: catalogue, datasets and files, before they are written in any vocabulary
- survey, datasets, downloads: which datasets a release has, from the graph
- catalogue, dataset, distribution, checksum, licence, agent, service: what is said of each, by its name in DCAT
- paging: which dataset is on which page, and how pages lead to each other
- concepts: background knowledge of what these name
- words, writing: vocabularies, and the files
- schema_org: the same for search engines
"""
