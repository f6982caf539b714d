// The query editor: highlighting, and completion of the dataset's own terms. The textarea stays the form's field.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const KEYWORDS = ("SELECT DISTINCT WHERE CONSTRUCT DESCRIBE ASK FILTER OPTIONAL UNION MINUS BIND VALUES GRAPH NOT EXISTS " +
  "ORDER BY GROUP BY HAVING LIMIT OFFSET PREFIX COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG DATATYPE REGEX CONTAINS " +
  "STRSTARTS LCASE UCASE YEAR BOUND COALESCE IF").split(" ");

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--actor-2)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--actor-0)" },
  { tag: [tags.atom, tags.link, tags.number], color: "var(--actor-3)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
]);
const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: ".9rem" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-content": { fontFamily: "var(--mono)", lineHeight: "1.6", padding: ".7rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "0", fontFamily: "var(--mono)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark) !important" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line)", color: "var(--ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--paper)" },
  ".cm-matchingBracket": { backgroundColor: "var(--mark) !important" },
});

function completions(words) {
  const terms = words.terms.map((term) => ({ label: term, type: "property" }));
  const prefixes = Object.keys(words.prefixes).map((prefix) => ({ label: `${prefix}:`, type: "namespace" }));
  const keywords = KEYWORDS.map((word) => ({ label: word, type: "keyword" }));
  return (context) => {
    const before = context.matchBefore(/[?$]?[\w-]*:?[\w-]*/);
    if (!before || (before.from === before.to && !context.explicit)) return null;
    if (/^[?$]/.test(before.text)) {
      const variables = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
      variables.delete(before.text);
      return { from: before.from, options: [...variables].map((label) => ({ label, type: "variable" })) };
    }
    return { from: before.from, options: before.text.includes(":") ? terms : [...keywords, ...prefixes, ...terms] };
  };
}

async function start(form) {
  const field = form.querySelector("textarea");
  const words = await fetch(form.dataset.words).then((answer) => answer.json());
  const host = document.createElement("div");
  host.className = "editor-host";
  field.before(host);
  // In a shadow root CodeMirror's styles are constructed sheets, which a strict Content-Security-Policy allows.
  const root = host.attachShadow({ mode: "open" });
  const parent = document.createElement("div");
  root.append(parent);
  const run = () => (form.requestSubmit(), true);
  const view = new EditorView({
    parent,
    root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), StreamLanguage.define(sparql),
        syntaxHighlighting(colours), look, EditorView.lineWrapping,
        autocompletion({ override: [completions(words)] }),
        EditorView.contentAttributes.of({ "aria-label": "Query; Control and Enter runs it" }),
        EditorView.updateListener.of((update) => update.docChanged && (field.value = update.state.doc.toString())),
        // Tab is not taken: it leaves the editor, as everywhere.
        keymap.of([{ key: "Mod-Enter", run }, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      ],
    }),
  });
  field.hidden = true;
  form.editor = view;
}

for (const form of document.querySelectorAll(".editor")) start(form);
