"""What one who harvests a site would say of it: a portal, a search engine, a crawler of linked data.

- diagnosis: what every check may report
"""
