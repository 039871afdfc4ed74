/** The style of the report: light or dark as the reader has it, one column on a phone, A4 on paper. Gains are blue and losses orange, which all eyes tell apart. */
export const style = `
:root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1d2126;--soft:#5c6670;--rule:#dfe3e6;--grid:#e9ecee;--gain:#1f6fb2;--loss:#c4570f;--g1:#e3eef8;--g2:#b5d3ec;--g3:#6ea8d8;--l1:#fcebdd;--l2:#f6c69c;--l3:#e98d43;--on3:#10161c;--accent:#1f4f82;--warn:#fff4d6;--warnink:#5c4300;--up:#2f7fbf;--down:#cc6a22}
@media (prefers-color-scheme:dark){:root{--bg:#14171a;--card:#1c2024;--ink:#e8eaec;--soft:#a0a9b2;--rule:#333a41;--grid:#2a3036;--gain:#6fb1ea;--loss:#f09a55;--g1:#1c2f40;--g2:#234a6b;--g3:#2f6ea5;--l1:#3a2a1c;--l2:#64401f;--l3:#a35d1f;--on3:#fff;--accent:#8fc1f2;--warn:#3a3013;--warnink:#f3dfa6;--up:#6fb1ea;--down:#f09a55}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:8px}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
main,header,footer{max-width:1240px;margin:0 auto;padding:0 20px}
header{padding-top:22px}
h1{font-size:26px;line-height:1.2;margin:0 0 2px}
h2{font-size:19px;margin:34px 0 10px;padding-top:6px;border-top:2px solid var(--rule)}
h3{font-size:15px;margin:20px 0 6px}
p{margin:6px 0}
a{color:var(--accent)}
.soft,.n0{color:var(--soft)}
.reality{background:var(--warn);color:var(--warnink);border-radius:6px;padding:8px 14px;margin:0 0 14px;font-weight:600}
.caution{border-left:4px solid var(--loss);padding:2px 12px;margin:8px 0;color:var(--ink)}
nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:12px 0 0;font-size:14px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(215px,1fr));gap:10px;margin:16px 0}
a.card{color:inherit;text-decoration:none}a.card:hover{border-color:var(--accent)}svg a{cursor:pointer}svg a:hover .hit,svg a:focus .hit{fill:var(--grid)}
.card{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:10px 13px}
.card b{display:block;font-size:21px;line-height:1.25;white-space:nowrap}
.card span{display:block;font-size:13px;color:var(--soft)}
.gainink{color:var(--gain)}.lossink{color:var(--loss)}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px}
figure{margin:0;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:10px 12px 6px;min-width:0}
figure.whole{grid-column:1/-1}
figcaption{font-weight:600;font-size:14px;margin-bottom:2px}
svg{display:block;width:100%;height:auto}
svg.narrow{display:none}
svg text{font-size:12px;fill:var(--ink)}svg .cap{fill:var(--soft);font-size:11.5px}
.grid{stroke:var(--grid)}.axis{stroke:var(--soft)}.equity{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round}
.band{fill:var(--accent);opacity:.16}.under{fill:var(--loss);opacity:.32}.worst{stroke:var(--loss);stroke-width:1.5;opacity:.75}.moved{fill:var(--card);stroke:var(--ink);stroke-width:2}
.hit{fill:transparent}.gain{fill:var(--gain)}.loss{fill:var(--loss)}.mean{stroke:var(--ink);stroke-dasharray:5 4;stroke-width:1.5}.whisker{stroke:var(--ink);stroke-width:1.2}
.wick{fill:none;stroke-width:1}.body{fill:none}.up{stroke:var(--up)}.down{stroke:var(--down)}
.plan{stroke-dasharray:5 4;stroke-width:1.2}.plan.target{stroke:var(--gain)}.plan.limit{stroke:var(--soft)}.plan.stop{stroke:var(--loss)}
svg .lbl.target{fill:var(--gain)}svg .lbl.stop{fill:var(--loss)}svg .lbl.limit{fill:var(--soft)}
.fill{stroke:var(--card);stroke-width:1;fill:var(--ink)}
.months{display:grid;grid-template-columns:repeat(auto-fill,minmax(310px,1fr));gap:12px}
.month{border-collapse:separate;border-spacing:2px;table-layout:fixed;width:100%;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:6px}
.month caption{text-align:left;font-weight:600;font-size:13px;padding:2px 4px}
.month th{font-weight:400;font-size:11px;color:var(--soft);padding:0;text-align:center;border:0}
.month td{height:40px;padding:1px 3px;border:0;border-radius:4px;text-align:right;vertical-align:top;line-height:1.15;position:relative;white-space:nowrap}
.month i{position:absolute;left:4px;top:2px;font-style:normal;font-size:10px;opacity:.75}
.month b{display:block;padding-top:14px;font-size:12.5px;font-weight:600}
.month b a{color:inherit}
.month u{position:absolute;right:4px;top:2px;font-size:9.5px;text-decoration:none;font-weight:700}
.g1{background:var(--g1)}.g2{background:var(--g2)}.g3{background:var(--g3);color:var(--on3)}.l1{background:var(--l1)}.l2{background:var(--l2)}.l3{background:var(--l3);color:var(--on3)}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--rule);border-radius:8px;margin:6px 0}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{padding:5px 8px;text-align:left;border-bottom:1px solid var(--rule);white-space:nowrap}

tbody tr:last-child td{border-bottom:0}
th{font-weight:600;font-size:12px;color:var(--soft)}
.n{text-align:right}
tr:target td,article:target{background:var(--warn)}
details{margin:0}summary{cursor:pointer;color:var(--accent)}
.list{display:flex;flex-wrap:wrap;gap:2px 12px;white-space:normal;min-width:220px;max-width:560px;font-size:12.5px;padding:6px 0}
.few{color:var(--soft)}
.verdict{font-weight:600}.charts th,.charts td{white-space:normal}
article{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:10px 14px;margin:12px 0}
article h3{margin:2px 0 8px}
.two{display:grid;grid-template-columns:minmax(0,11fr) minmax(0,10fr);gap:16px}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:2px 12px;margin:0;font-size:13.5px}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
blockquote{margin:8px 0 2px;padding:2px 12px;border-left:4px solid var(--rule);overflow-wrap:anywhere}
footer{padding-top:20px;padding-bottom:40px;font-size:13px;color:var(--soft)}
@media (max-width:720px){body{font-size:15px}main,header,footer{padding-left:14px;padding-right:14px}.charts,.two{grid-template-columns:minmax(0,1fr)}svg.wide{display:none}svg.narrow{display:block}.cards{grid-template-columns:repeat(2,minmax(0,1fr))}.card b{font-size:18px}h1{font-size:22px}.months{grid-template-columns:minmax(0,1fr)}th,td{padding:5px 8px}}
@page{size:A4;margin:12mm 11mm}
@media print{:root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#111;--soft:#4b545c;--rule:#cfd4d8;--grid:#e5e8ea;--gain:#1f6fb2;--loss:#c4570f;--g1:#e3eef8;--g2:#b5d3ec;--g3:#6ea8d8;--l1:#fcebdd;--l2:#f6c69c;--l3:#e98d43;--on3:#10161c;--accent:#1f4f82;--warn:#fff4d6;--warnink:#5c4300;--up:#2f7fbf;--down:#cc6a22}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{font-size:10.5pt}nav{display:none}main,header,footer{max-width:none;padding:0}.scroll{overflow:visible;border:0}table{font-size:7pt}th,td,.n{padding:2px 3px;white-space:normal}th{font-size:6.8pt}.month th,.month td{white-space:nowrap}.months{grid-template-columns:repeat(3,minmax(0,1fr))}.month td{height:26px}.month b{font-size:8pt;padding-top:9px}.charts{grid-template-columns:repeat(2,minmax(0,1fr))}svg.wide{display:block}svg.narrow{display:none}.two{grid-template-columns:minmax(0,11fr) minmax(0,10fr)}.cards{grid-template-columns:repeat(4,minmax(0,1fr))}.card b{font-size:13pt}figure,article,.month,.card,tr{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}a{color:inherit;text-decoration:none}dl{font-size:9pt}}
`;
