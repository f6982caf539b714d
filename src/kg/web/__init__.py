"""The published dataset: a SPARQL endpoint, linked data and pages, served or written as a static site.

`kg.web.app.application` makes the server of a folder that `kg build` wrote, `kg.web.static.write` the
site. Both need the extra ``web``. This file imports nothing, so that a worker starts at once.
"""
