"""A draft of forty numbers with ten planted faults, and strings that try to get out of a page."""

LINES = [
    "矛盾纠纷受理38起，调解成功36起",
    "安全隐患排查61处，整改58处",
    "夜间巡逻203次，网格员14名",
    "反诈宣传16场，发放资料5980份",
    "检查沿街商铺151家，更换灭火器80具",
    "低保对象36户，临时救助17户",
    "高龄津贴273人，结对空巢老人66名",
    "招聘会4场，新增就业171人",
    "技能培训5期，培训学员212人次",
    "退役军人登记160名，走访军烈属24户",
    "注册志愿者512名，服务队9支",
    "文化活动25场，观众6530人次",
    "书屋藏书5610册，亲子阅读33期",
    "周五清洁日50次，清运垃圾125吨",
    "垃圾分类投放点20处，督导员10名",
    "雨污管网改造7公里，新增停车位88个",
    "充电棚3处，充电口96个",
    "共建单位12家，微心愿办结68个",
    "党员学习24次，微党课11期",
    "出租房登记335户，居住证办理429人次",
]
"""Twenty bullets with two numbers each."""

FAULTS = [
    ("整改58处", "整改59处"),
    ("网格员14名", "网格员15名"),
    ("发放资料5980份", "发放资料6400份"),
    ("商铺151家", "商铺151具"),
    ("临时救助17户", "临时救助户"),
    ("新增就业171人", "新增就业×××人"),
    ("军烈属24户", "军烈属若干户"),
    ("服务队9支", "服务队12支"),
    ("亲子阅读33期", "亲子阅读期"),
    ("清运垃圾125吨", "清运垃圾__吨"),
]
"""Ten faults: what stood in the draft, and what stands there now."""


def notes():
    return "单位：松溪村\n时间：2025年\n\n## 全年工作\n\n" + "".join(f"- {line}\n" for line in LINES)


def draft(faults=FAULTS):
    text = "# 松溪村2025年工作总结\n\n" + "\n\n".join(f"{line}。" for line in LINES) + "\n"
    for old, new in faults:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


_SCRIPTS = [
    "<script>boom()</script>",
    "</script><script>boom()</script>",
    "<img src=x onerror=boom()>",
    "<svg onload=boom()>",
    "<svg><script>boom()</script></svg>",
    "<body onload=boom()>",
    "<iframe src=javascript:boom()>",
    "<iframe srcdoc='<script>parent.boom()</script>'>",
    "<a href=javascript:boom()>点</a>",
    "<details open ontoggle=boom()>",
    "<input autofocus onfocus=boom()>",
    "<video><source onerror=boom()>",
    "<object data=javascript:boom()>",
    "<embed src=javascript:boom()>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "<base href=http://127.0.0.1:9/>",
    "<link rel=stylesheet href=http://127.0.0.1:9/a.css>",
    "<style>@import 'http://127.0.0.1:9/a.css';</style>",
    "<style>*{display:none}</style>",
    "<form action=http://127.0.0.1:9/><button>送</button></form>",
    "<math><mtext><script>boom()</script></mtext></math>",
    "<template><script>boom()</script></template>",
    "<noscript><img src=x onerror=boom()></noscript>",
    "</textarea><script>boom()</script>",
    "</title><script>boom()</script>",
    "</style><script>boom()</script>",
    "--><script>boom()</script><!--",
    "<!--<script>",
    "<![CDATA[<script>boom()</script>]]>",
    "]]><script>boom()</script>",
    "<?xml version='1.0'?><script>boom()</script>",
    '"><script>boom()</script>',
    "'><script>boom()</script>",
    "' onmouseover='boom()",
    '" onmouseover="boom()',
    "` onmouseover=`boom()",
    "javascript:boom()",
    "data:text/html,<script>boom()</script>",
    "&lt;script&gt;boom()&lt;/script&gt;",
    "&#60;script&#62;boom()&#60;/script&#62;",
    "&amp;lt;img&amp;gt;",
    "\\u003cscript\\u003eboom()\\u003c/script\\u003e",
    "\\x3cscript\\x3eboom()",
    "%3Cscript%3Eboom()%3C/script%3E",
    "＜script＞boom()＜/script＞",
    "<scr<script>ipt>boom()</scr</script>ipt>",
    "<SCRIPT SRC=http://127.0.0.1:9/x.js></SCRIPT>",
    "<script\u2028>boom()</script>",
    "<img src=`x` onerror=`boom()`>",
    "<img src=http://127.0.0.1:9/p.png>",
    "<table background=http://127.0.0.1:9/p.png>",
    "<div style=background:url(http://127.0.0.1:9/p.png)>",
    "<audio src=http://127.0.0.1:9/a.mp3 autoplay>",
    "<slot onslotchange=boom()>",
    "<dialog open onclose=boom()>",
    "<button popovertarget=p onclick=boom()>",
]
_TEMPLATES = [
    "{{ 7*7 }}",
    "{{7*7}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}x{% endfor %}",
    "{{ config.__class__.__init__.__globals__ }}",
    "{# 看不见 #}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{0.__class__}",
    "%(name)s",
    "{{constructor.constructor('boom()')()}}",
    "${boom()}",
]
_TERMINAL = [
    "[red]红[/red]",
    "[link=http://127.0.0.1:9/]点[/link]",
    "[bold]粗[/]",
    "[/]",
    "[@click=app.bell]响[/]",
    "\\[bold]",
]
_SIGNS = [
    "甲\u202e乙丙\u202c丁",
    "甲\u2066乙\u2069丙",
    "甲\u200f乙",
    "甲\u200b乙\u2060丙",
    "甲\u2028乙",
    "\u202e倒\u202c",
    "a\u0301\u0302\u0303\u0304\u0305",
    "\U0001f469\u200d\U0001f4bb甲",
    "\U00020000\U00020001",
    "甲\ufeff乙",
]
HOSTILE = [*_SCRIPTS, *_TEMPLATES, *_TERMINAL, *_SIGNS]
"""What nobody writes in good faith: it must be shown as it is, and do nothing."""
