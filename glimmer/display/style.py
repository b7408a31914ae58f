"""Style: the one look of every card, as one small inline stylesheet scoped to `.glimmer`.

Themes, in order of who wins: JupyterLab's variables, VS Code's, the system's light or dark. The roles' colours (picture,
dialogue, music, effects …) are ours: each is readable on both backgrounds (text on them is at least 4.5 : 1).
"""

from __future__ import annotations

from typing import Final

__all__ = ["ROLES", "STYLE"]

ROLES: Final = ("picture", "dialogue", "music", "effects", "title", "other")

_LIGHT: Final = """--g-ink:var(--jp-ui-font-color1,var(--vscode-foreground,#1d2129));
--g-soft:var(--jp-ui-font-color2,var(--vscode-descriptionForeground,#5d6673));
--g-page:var(--jp-layout-color1,var(--vscode-editor-background,#fff));
--g-well:var(--jp-layout-color2,var(--vscode-editorWidget-background,#f3f4f6));
--g-line:var(--jp-border-color2,var(--vscode-panel-border,#dfe2e7));
--g-warm:#b4690e;--g-warm-bg:rgba(214,140,30,.12);
--g-picture:#c9dcf7;--g-picture-ink:#143561;--g-dialogue:#f8dfa5;--g-dialogue-ink:#573a00;
--g-music:#ddd0f5;--g-music-ink:#3d2470;--g-effects:#c4e8d5;--g-effects-ink:#0e4a2c;
--g-title:#d9dce2;--g-title-ink:#2b313b;--g-other:#d9dce2;--g-other-ink:#2b313b;--g-bar:#d2902a"""

_DARK: Final = """--g-ink:var(--jp-ui-font-color1,var(--vscode-foreground,#e8eaee));
--g-soft:var(--jp-ui-font-color2,var(--vscode-descriptionForeground,#9aa3b0));
--g-page:var(--jp-layout-color1,var(--vscode-editor-background,#16181d));
--g-well:var(--jp-layout-color2,var(--vscode-editorWidget-background,#20242b));
--g-line:var(--jp-border-color2,var(--vscode-panel-border,#343a44));
--g-warm:#f0b457;--g-warm-bg:rgba(240,180,87,.12);
--g-picture:#274a78;--g-picture-ink:#dbe9ff;--g-dialogue:#66491a;--g-dialogue-ink:#ffe7b8;
--g-music:#4b3878;--g-music-ink:#e7dcff;--g-effects:#23563c;--g-effects-ink:#cdf3de;
--g-title:#3a414c;--g-title-ink:#e4e7ec;--g-other:#3a414c;--g-other-ink:#e4e7ec;--g-bar:#e0a344"""

_RULES: Final = """
.glimmer{box-sizing:border-box;max-width:860px;margin:4px 0 8px;padding:16px 18px 14px;color:var(--g-ink);background:var(--g-page);
border:1px solid var(--g-line);border-radius:10px;font:13px/1.45 var(--jp-ui-font-family,system-ui,-apple-system,"Segoe UI",sans-serif)}
.glimmer *{box-sizing:border-box}
.glimmer .g-head{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px;margin:0}
.glimmer .g-name{font-size:17px;font-weight:650;letter-spacing:-.01em;line-height:1.25;overflow-wrap:anywhere}
.glimmer .g-sub{color:var(--g-soft);overflow-wrap:anywhere}
.glimmer dl.g-facts{display:flex;flex-wrap:wrap;gap:8px 26px;margin:10px 0 0;padding:0}
.glimmer dl.g-facts>div{min-width:0}
.glimmer dl.g-facts dt{margin:0;padding:0;color:var(--g-soft);font-size:11px;font-weight:500;line-height:1.3;background:none}
.glimmer dl.g-facts dd{margin:0;padding:0;font-weight:550;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.glimmer .g-body{margin-top:14px;min-width:0}
.glimmer img.g-picture,.glimmer video{display:block;max-width:100%;max-height:480px;border-radius:6px;background:#000}
.glimmer video{width:100%}
.glimmer audio{width:100%;max-width:480px}
.glimmer .g-scroll{overflow-x:auto}
.glimmer table.g-rows{border-collapse:collapse;margin:0;font:inherit;font-variant-numeric:tabular-nums;color:inherit;border:0;min-width:50%}
.glimmer table.g-rows th,.glimmer table.g-rows td{padding:5px 14px 5px 0;text-align:left;vertical-align:top;border:0;
border-bottom:1px solid var(--g-line);background:none;max-width:380px;overflow-wrap:anywhere;white-space:normal}
.glimmer table.g-rows th{color:var(--g-soft);font-size:11px;font-weight:500;white-space:nowrap}
.glimmer table.g-rows .g-num{text-align:right;white-space:nowrap}
.glimmer table.g-rows tr:last-child td{border-bottom:0}
.glimmer .g-more{margin-top:6px;color:var(--g-soft)}
.glimmer ul.g-notices{list-style:none;margin:14px 0 0;padding:8px 12px;border-radius:6px;background:var(--g-warm-bg)}
.glimmer ul.g-notices li{margin:2px 0;padding:0;overflow-wrap:anywhere}
.glimmer ul.g-notices li::before{content:"";display:inline-block;width:7px;height:7px;margin-right:8px;border-radius:50%;
background:var(--g-warm);vertical-align:1px}
.glimmer .g-sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(148px,1fr));gap:12px}
.glimmer .g-cell{min-width:0}
.glimmer .g-thumb{display:block;width:100%;aspect-ratio:16/9;object-fit:cover;border-radius:5px;background:var(--g-well)}
.glimmer .g-cap{margin-top:4px;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.glimmer .g-note{color:var(--g-soft);font-size:12px;line-height:1.35;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;
overflow:hidden;overflow-wrap:anywhere}
.glimmer .g-strip{display:grid;grid-template-columns:max-content 1fr;gap:4px 10px;align-items:center;font-size:11px}
.glimmer .g-track{color:var(--g-soft);font-weight:600;text-align:right;max-width:90px;overflow:hidden;text-overflow:ellipsis}
.glimmer .g-lane{position:relative;border-radius:4px;background:var(--g-well)}
.glimmer .g-ruler{position:relative;height:16px;color:var(--g-soft);font-variant-numeric:tabular-nums}
.glimmer .g-ruler span{position:absolute;top:0;padding-left:4px;border-left:1px solid var(--g-line);white-space:nowrap;line-height:14px}
.glimmer .g-ruler i{position:absolute;bottom:0;width:7px;height:7px;margin-left:-3px;border-radius:50%;background:var(--g-bar)}
.glimmer .g-clip{position:absolute;overflow:hidden;padding:0 5px;border-radius:4px;white-space:nowrap;text-overflow:ellipsis;
background:var(--g-other);color:var(--g-other-ink);box-shadow:inset 0 0 0 1px var(--g-page);font-weight:550}
.glimmer .g-clip.g-thin{padding:0}
.glimmer .g-clip img{position:absolute;inset:1px;width:calc(100% - 2px);height:calc(100% - 2px);object-fit:cover;border-radius:3px;margin:0}
.glimmer .g-clip b{position:absolute;left:4px;bottom:3px;max-width:calc(100% - 8px);padding:0 4px;border-radius:3px;overflow:hidden;
text-overflow:ellipsis;background:rgba(10,12,16,.72);color:#fff;font-weight:600;line-height:15px}
.glimmer .g-bar{height:6px;border-radius:3px;background:var(--g-well);overflow:hidden}
.glimmer .g-bar>div{height:100%;border-radius:3px;background:var(--g-bar)}
"""

_ROLE_RULES: Final = "".join(f".glimmer .g-{role}{{background:var(--g-{role});color:var(--g-{role}-ink)}}\n" for role in ROLES)

STYLE: Final = (
    f".glimmer{{{_LIGHT}}}\n@media (prefers-color-scheme:dark){{.glimmer{{{_DARK}}}}}\n"
    f'[data-jp-theme-light="true"] .glimmer,.vscode-light .glimmer{{{_LIGHT}}}\n'
    f'[data-jp-theme-light="false"] .glimmer,.vscode-dark .glimmer,.vscode-high-contrast .glimmer{{{_DARK}}}'
    f"{_RULES}{_ROLE_RULES}"
).replace(";\n", ";")
