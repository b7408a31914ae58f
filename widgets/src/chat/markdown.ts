// Markdown: a model's words as a page can show them. marked reads them, DOMPurify lets through a short list of tags, always, whoever said
// them. Nothing that loads is on it: no picture, no frame, no style, no form; a link leads out only when somebody clicks it.

import DOMPurify from "dompurify";
import { Marked } from "marked";
import { withTables } from "./plain_tables";

const TAGS =
  "p br strong em del code pre ul ol li blockquote h1 h2 h3 h4 h5 h6 table thead tbody tr th td hr a sub sup".split(
    " ",
  );
const LINK = /^(?:https?:\/\/|mailto:)/i;

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    image: ({ text }) => escaped(text), // its words stay
    html: ({ text }) => escaped(text), // tags that a model writes are words, too
    code: ({ text }) => `<pre><code>${escaped(text)}\n</code></pre>`,
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      if (!LINK.test(href)) return words; // it leads nowhere that a film's words should lead
      return `<a href="${escaped(href)}" target="_blank" rel="noopener noreferrer nofollow">${words}</a>`;
    },
    checkbox: ({ checked }) => (checked ? "☑ " : "☐ "),
  },
});

const purify = DOMPurify(window);
purify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  if (!LINK.test(node.getAttribute("href") ?? "")) {
    node.removeAttribute("href");
    return;
  }
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer nofollow");
});

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The first half: what Markdown means. It writes no tag that loads, and no link but out; a model's own tags are words. */
export function readHtml(markdown: string): string {
  try {
    return marked.parse(withTables(markdown)) as string;
  } catch {
    return `<p>${escaped(markdown)}</p>`; // what can't be read as Markdown stands there as it is
  }
}

/** HTML that is safe to set: both halves, always. */
export function safeHtml(markdown: string): string {
  return purify.sanitize(readHtml(markdown), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "start", "align"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: LINK,
  });
}
