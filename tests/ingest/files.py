"""Feeds and pages as they come."""

from __future__ import annotations

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Wire Example</title><language>uk-UA</language><link>https://www.wire.example/</link>
<item><title>Ніч над Києвом &amp;amp; областю</title><link>https://www.wire.example/1</link><guid>urn:wire:1</guid>
<description>Стисло.</description>
<content:encoded><![CDATA[<p>Повітряні сили збили 41 з 52 дронів.</p>]]></content:encoded>
<pubDate>Wed, 21 May 2025 10:30:00 +0300</pubDate><atom:updated>2025-05-21T09:00:00Z</atom:updated></item>
<item><title>Second</title><link>https://other.example/2</link>
<description>Just a summary, 3 drones.</description></item>
<item><title>Nothing but a title</title><pubDate>Wed, 21 May 2025 11:00:00 GMT</pubDate></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Zeitung</title><id>tag:zeitung.example,2025:feed</id>
<updated>2025-05-21T08:00:00Z</updated>
<entry><id>tag:zeitung.example,2025:7</id><title>Nacht in Kursk</title><link href="https://zeitung.example/7"/>
<published>2025-05-21T07:30:00+02:00</published><updated>2025-05-21T08:00:00Z</updated>
<content type="html">&lt;p&gt;12 Drohnen abgeschossen.&lt;/p&gt;</content></entry></feed>"""

PAGE = """<!doctype html><html lang="en-GB"><head><title>Night over Bryansk | Wire</title>
<meta property="article:published_time" content="2025-05-21T07:30:00+03:00">
<meta property="article:modified_time" content="2025-05-21T10:00:00+03:00">
<link rel="canonical" href="https://www.wire.example/a/1"></head><body>
<nav><a href="/">Home</a> <a href="/war">War</a></nav>
<article><h1>Night over Bryansk</h1>
<p>Russia's Defence Ministry said 31 Ukrainian drones were destroyed over the Bryansk region overnight, a
long night.</p>
<p>Another twelve were brought down over the Kursk region, its governor wrote in his channel early on Wednesday.</p>
</article><aside><h2>Read also</h2><ul><li><a href="/b">50 drones shot down over Tula</a></li></ul></aside>
<footer>Wire 2025</footer></body></html>"""
