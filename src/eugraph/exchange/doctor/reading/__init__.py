"""What stands in an answer: links, pages, statements, sitemaps.

- media: media types and endings
- links: the Link header
- page: HTML; tags: its start tags
- graph: statements, found by subject, property or class
- statements: RDF
- contexts: JSON-LD contexts that lie elsewhere on the site
- sitemap: sitemaps
"""
