/** Stands where the terminal wants a style element, and holds its rules in a constructed sheet, which the policy lets pass. */
export function sheet(css = ''): HTMLElement {
  const rules = new CSSStyleSheet();
  rules.replaceSync(css);
  const stand = document.createElement('span');
  stand.hidden = true;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  Object.defineProperty(stand, 'textContent', { set: (text: string) => rules.replaceSync(text), get: () => '' });
  stand.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== rules);
    Element.prototype.remove.call(stand);
  };
  return stand;
}
