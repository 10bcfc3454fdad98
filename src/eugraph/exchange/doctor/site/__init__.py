"""What is asked: a folder or a site of the web, by one set of questions.

- address: parts of addresses, and which of them lead to a machine that only the asker reaches
- answer: what comes back
- limits: how long, how much and how often
- site: the questions
- folder: files, as any host of files would give them
- web: redirects, hosts, patience
- connection: one request over HTTP
"""
