import DOMPurify from 'dompurify';
import { Marked } from 'marked';

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    // HTML is shown as it was written, and a picture as what stands for it: none of it is asked from another host.
    html: ({ text }) => escaped(text),
    image: ({ text, title }) => escaped(text || title || 'picture'),
  },
});

// What the renderer gives, and nothing else should it ever give more.
const ALLOWED = ['p', 'br', 'em', 'strong', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];

/** Markdown as an element from which everything that could act has been taken out. */
export function markdown(text: string): HTMLElement {
  const holder = document.createElement('div');
  holder.className = 'markdown';
  holder.append(
    DOMPurify.sanitize(marked.parse(text) as string, {
      ALLOWED_TAGS: ALLOWED,
      ALLOWED_ATTR: ['href', 'start'],
      ALLOWED_URI_REGEXP: /^https?:\/\//i,
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    }),
  );
  for (const anchor of holder.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer nofollow';
    anchor.className = 'out';
  }
  labelSecrets(holder);
  return holder;
}

/** Shows what the server masked as labels, as the log does. */
function labelSecrets(holder: HTMLElement): void {
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = text.data.split(/\[masked:([a-z0-9-]{1,40})\]/);
    if (parts.length === 1) continue;
    text.replaceWith(
      ...parts.map((part, index) => {
        if (index % 2 === 0) return part;
        const label = document.createElement('span');
        label.className = 'masked';
        label.textContent = `${part.replaceAll('-', ' ')} masked`;
        return label;
      }),
    );
  }
}

function escaped(text: string): string {
  const letters: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (letter) => letters[letter] ?? letter);
}
