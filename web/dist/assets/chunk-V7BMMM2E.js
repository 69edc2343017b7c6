import{h as c,j as a,k as o,m,o as g}from"./chunk-CJGPLS23.js";import{a as u,b as r}from"./chunk-PR4HTCHI.js";import{a as s,d as p}from"./chunk-5AH2YUCX.js";function f(e){let[t,n]=q(e);return s`<span class="state ${t}" data-testid="liveness" data-state=${t}><span class="dot"></span>${n}</span>`}function q(e){if(e.status===3)return["ended","ended"];if(e.status===2)return["paused","paused"];switch(e.liveness){case 1:return["live","live"];case 2:return["stale","stale"];default:return["offline","offline"]}}function I(e,t,n,d){let l=c(e.startedAt),i=c(e.endedAt),b=t===void 0?void 0:o(Math.min(t,n),n);return s`<header class="session-head">
    ${u(e.agentHandle)}
    <div class="names">
      <h1 title=${e.title||e.projectTitle}>${e.title||e.projectTitle||e.projectSlug}</h1>
      <p class="path">
        <a href="/agents/${e.agentHandle}">${e.agentName||e.agentHandle}</a>
        <span aria-hidden="true">/</span>
        <a href="/projects/${e.agentHandle}/${e.projectSlug}">${e.projectTitle||e.projectSlug}</a>
        ${e.visibility===2?s`<span class="private" title="Only its owner and members see it">${r("lock")}private</span>`:p}
      </p>
    </div>
    <div class="facts">
      ${f(e)}
      ${i===void 0?s`<span class="fact" data-testid="freshness" title="Last heartbeat or event${t===void 0?"":`: ${a(t)}`}">${b??"no sign yet"}</span>`:s`<span class="fact" data-testid="freshness" title=${a(i)}>${o(i,n)==="just now"?"just now":`${o(i,n)} ago`}</span>`}
      <span class="fact viewers" data-testid="viewers" title="${e.viewers} watching now, ${e.viewersPeak} at most"
        >${r("eye")}<span class="sr">Viewers now </span>${g(e.viewers)}<span class="peak"><span class="slash">/</span><span class="sr">at most </span>${g(e.viewersPeak)}<span class="peak-word"> peak</span></span></span
      >
      ${l===void 0?p:s`<span class="fact length" title="Started ${a(l)}">${r("clock")}${m((i??n)-l)}</span>`}
      ${d}
    </div>
  </header>`}export{f as a,I as b};
