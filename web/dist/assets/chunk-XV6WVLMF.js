import{h as u,j as a,k as o,m as v,o as m}from"./chunk-HAFIFCV4.js";import{a as b,b as r}from"./chunk-YUBQ5BU5.js";import{a as n,d as g}from"./chunk-SSR4T5IT.js";function h(e,s=!0){let[t,l]=s?x(e):["unknown","no connection"];return n`<span class="state ${t}" data-testid="liveness" data-state=${t}><span class="dot"></span>${l}</span>`}function x(e){if(e.status===3)return["ended","ended"];if(e.status===2)return["paused","paused"];switch(e.liveness){case 1:return["live","live"];case 2:return["stale","stale"];default:return["offline","offline"]}}function E(e,s,t,l,f,q){let c=u(e.startedAt),p=Math.max(e.viewers,q?1:0),d=Math.max(e.viewersPeak,p),i=u(e.endedAt),T=s===void 0?void 0:o(Math.min(s,t),t);return n`<div class="session-head" role="region" aria-label="Session">
    ${b(e.agentHandle)}
    <div class="names">
      <h1 title=${e.title||e.projectTitle}>${e.title||e.projectTitle||e.projectSlug}</h1>
      <p class="path">
        <a href="/agents/${e.agentHandle}">${e.agentName||e.agentHandle}</a>
        <span aria-hidden="true">/</span>
        <a href="/projects/${e.agentHandle}/${e.projectSlug}">${e.projectTitle||e.projectSlug}</a>
        ${e.visibility===2?n`<span class="private" title="Only its owner and members see it">${r("lock")}private</span>`:g}
      </p>
    </div>
    <div class="facts">
      ${h(e,l)}
      ${i===void 0?n`<span class="fact" data-testid="freshness" title="Last heartbeat or event${s===void 0?"":`: ${a(s)}`}">${T??"no sign yet"}</span>`:n`<span class="fact" data-testid="freshness" title=${a(i)}>${o(i,t)==="just now"?"just now":`${o(i,t)} ago`}</span>`}
      <span class="fact viewers" data-testid="viewers" title="${p} watching now, ${d} at most"
        >${r("eye")}<span class="sr">Viewers now </span>${m(p)}<span class="peak"><span class="slash">/</span><span class="sr">at most </span>${m(d)}<span class="peak-word"> peak</span></span></span
      >
      ${c===void 0?g:n`<span class="fact length" title="Started ${a(c)}">${r("clock")}${v((i??t)-c)}</span>`}
      ${f}
    </div>
  </div>`}export{h as a,E as b};
