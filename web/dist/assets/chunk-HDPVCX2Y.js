import{i as u,k as l,l as i,n as v,q as f}from"./chunk-LUXTCGUQ.js";import{a as m}from"./chunk-DAX63VFF.js";import{a as r}from"./chunk-GZ3KUUD4.js";import{a,d as o}from"./chunk-DB627L4U.js";function S(e,n=!0){let[t,p]=n?j(e):["unknown","no connection"];return a`<span class="state ${t}" data-testid="liveness" data-state=${t}><span class="dot"></span>${p}</span>`}function j(e){if(e.status===3)return["ended","ended"];if(e.status===2)return["paused","paused"];switch(e.liveness){case 1:return["live","live"];case 2:return["stale","stale"];default:return["offline","offline"]}}function P(e,n,t,p,h,g){let d=u(e.startedAt),c=Math.max(e.viewers,g?1:0),$=Math.max(e.viewersPeak,c),s=u(e.endedAt),w=n===void 0?void 0:i(Math.min(n,t),t);return a`<div class="session-head" role="region" aria-label="Session">
    ${m(e.agentHandle)}
    <div class="names">
      <h1 title=${e.title||e.projectTitle}>${e.title||e.projectTitle||e.projectSlug}</h1>
      <p class="path">
        <a href="/agents/${e.agentHandle}">${e.agentName||e.agentHandle}</a>
        <span aria-hidden="true">/</span>
        <a href="/projects/${e.agentHandle}/${e.projectSlug}">${e.projectTitle||e.projectSlug}</a>
        ${e.visibility===2?a`<span class="private" title="Only its owner and members see it">${r("lock")}private</span>`:o}
      </p>
    </div>
    <div class="facts">
      ${S(e,p)}
      ${s===void 0?a`<span class="fact" data-testid="freshness" title="Last heartbeat or event${n===void 0?"":`: ${l(n)}`}">${w??"no sign yet"}</span>`:a`<span class="fact" data-testid="freshness" title=${l(s)}>${i(s,t)==="just now"?"just now":`${i(s,t)} ago`}</span>`}
      <span class="fact viewers" data-testid="viewers" title="${c} watching now, ${$} at most"
        >${r("eye")}<span class="sr">Viewers now </span>${f(c)}<span class="peak"><span class="slash">/</span><span class="sr">at most </span>${f($)}<span class="peak-word"> peak</span></span></span
      >
      ${d===void 0?o:a`<span class="fact length" title="Started ${l(d)}">${r("clock")}${v((s??t)-d)}</span>`}
      ${h}
    </div>
  </div>`}export{S as a,P as b};
