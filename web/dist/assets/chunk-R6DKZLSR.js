import{a as t}from"./chunk-2JMWGZ77.js";import{a as n,d as o}from"./chunk-DB627L4U.js";function d(e,a){let s=encodeURIComponent(location.pathname+location.hash);return n`<main class="page refusal" id="main" tabindex="-1" data-testid="refusal">
    <h1>${a}</h1>
    <p>${i(e)}</p>
    <p class="reason">${e.reason||t[e.code]}</p>
    <p>
      ${e.code===t.NotFound||e.code===t.Unauthenticated||e.code===t.PermissionDenied?n`<a class="button" href="/login?next=${s}">Sign in</a>`:o}
      <a class="button" href="/">Who is live</a>
    </p>
  </main>`}function i(e){switch(e.code){case t.NotFound:return"It does not exist, or it is private and you are not signed in as somebody who may see it.";case t.Unavailable:case t.Unknown:return"The server does not answer. It may be starting again; reload in a moment.";default:return e.message}}export{d as a};
