/**
 * Styles of the report page. n8n shows it in a frame as narrow as its output panel, so that below 640 px the cells of a row
 * stand below each other; and it keeps class names, but no other attributes.
 */
export const reportStyle = `
:root{color-scheme:light dark;--text:#1f2933;--soft:#5d6773;--line:#e1e5ea;--page:#fff;--box:#f4f6f8;--stop:#fdecea;--stopline:#d4574e}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--soft:#a5afba;--line:#3b434d;--page:#1d2126;--box:#2a3038;--stop:#472522;--stopline:#e5776f}}
body{font:14px/1.45 system-ui,sans-serif;color:var(--text);background:var(--page);margin:0;padding:24px;max-width:1100px}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:28px 0 8px}h3{font-size:14px;margin:20px 0 4px}p{margin:6px 0}
.soft,small,th{color:var(--soft)}h2 small,h3 small{font-weight:400}
.guard,.explanation{background:var(--box);border-left:4px solid #3b7ddd;padding:10px 14px;margin:14px 0}
.stop{background:var(--stop);border-color:var(--stopline)}
.explanation h2{margin:0 0 4px}.explanation ul{margin:0;padding-left:18px}
.bar{display:flex;height:22px;border-radius:4px;overflow:hidden;margin-top:16px}.bar span{min-width:3px}
.legend{list-style:none;margin:8px 0;padding:0;display:flex;flex-wrap:wrap;gap:6px 18px}.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
table{border-collapse:collapse;table-layout:fixed;width:100%;margin-top:6px}th{text-align:left;font-weight:600}
td,th{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
code{font:12px/1.4 ui-monospace,monospace;background:var(--box);padding:1px 4px}.id{color:var(--soft);background:none;padding:0}
.old{color:var(--soft)}.narrow{display:none}.who{width:36%}.what{width:42%}.record+.record{margin-top:6px}
@media (max-width:640px){body{padding:14px}thead{display:none}.narrow{display:inline}
tr{display:block;border-bottom:1px solid var(--line);padding:6px 0}td{display:block;border:0;padding:2px 0}}`;
