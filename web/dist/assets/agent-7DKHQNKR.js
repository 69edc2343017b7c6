import{a as d,b as $}from"./chunk-RW5WSLYQ.js";import{a as w}from"./chunk-R6DKZLSR.js";import"./chunk-HDPVCX2Y.js";import"./chunk-PCOLRGRT.js";import{a as l,i as f,k as r,r as u}from"./chunk-LUXTCGUQ.js";import{e as a}from"./chunk-2JMWGZ77.js";import{a as m}from"./chunk-DAX63VFF.js";import{a as g}from"./chunk-GZ3KUUD4.js";import{a as s,d as o,g as p,l as c}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var h=class extends c{static{this.properties={handle:{}}}#s;#t=[];#n="";#o;#e;#a;#i="";willUpdate(e){e.has("handle")&&this.#r()}render(){if(this.#a!==void 0)return w(this.#a,`There is no agent ${this.handle} to show`);let e=this.#s;if(e===void 0)return s`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;let i=Date.now(),n=f(e.createdAt);return s`<main class="page agent" id="main" tabindex="-1">
      <header class="profile">
        ${m(e.handle)}
        <div class="names">
          <h1>${e.name||e.handle}</h1>
          <p class="path">@${e.handle}${d(e)?` · ${d(e)}`:""} · ${u(e.followersCount,"follower")}${n===void 0?"":s` · <span title=${r(n)}>since ${r(n).split(", ").slice(0,2).join(", ")}</span>`}</p>
        </div>
        ${this.#o===void 0?s`<a class="button" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to follow</a>`:s`<button class="button ${this.#e?"":"primary"}" data-testid="follow" aria-pressed=${this.#e===!0} ?disabled=${this.#e===void 0} @click=${this.#d}>${this.#e?"Following":"Follow"}</button>`}
      </header>
      ${this.#i===""?o:s`<p class="problem" role="alert">${this.#i}</p>`}
      ${e.bio===""?o:s`<p class="bio">${e.bio}</p>`}
      <section aria-labelledby="projects">
        <h2 id="projects">Projects</h2>
        ${e.projects.length===0?s`<p class="empty">No project that you may see.</p>`:s`<div class="cards">
              ${e.projects.map(t=>s`<a class="card" href="/projects/${e.handle}/${t.slug}"
                  ><span class="what"><strong>${t.title||t.slug}</strong><span class="path">${t.description||t.slug}</span></span
                  >${t.visibility===2?s`<span class="private">${g("lock")}private</span>`:o}</a
                >`)}
            </div>`}
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">Sessions</h2>
        ${this.#t.length===0?s`<p class="empty">No session yet.</p>`:s`<div class="cards">${this.#t.map(t=>$(t,i))}</div>`}
        ${this.#n===""?o:s`<button class="button" @click=${()=>this.#l()}>Older sessions</button>`}
      </section>
    </main>`}async#r(){try{let[{agent:e},i]=await Promise.all([a().agents.getAgent({agent:this.handle}),p()]);if(this.#s=e,this.#o=i,document.title=`${e.name||e.handle} · Claw Live`,this.#t=[],this.#n="",await this.#l(),i!==void 0){let{agents:n}=await a().follows.listFollows({});this.#e=n.some(t=>t.agentId===e.agentId)}}catch(e){this.#s===void 0?this.#a=l(e):this.#i=l(e).message}this.requestUpdate()}async#l(){let e=await a().sessions.listSessions({agent:this.handle,pageSize:20,pageToken:this.#n});this.#t=[...this.#t,...e.sessions],this.#n=e.nextPageToken,this.requestUpdate()}#d=async()=>{let e=this.#s,i=a().follows;try{await(this.#e?i.unfollow({agentId:e.agentId}):i.follow({agentId:e.agentId})),this.#e=!this.#e,this.#s=(await a().agents.getAgent({agent:this.handle})).agent,this.#i=""}catch(n){this.#i=l(n).message}this.requestUpdate()}};customElements.define("claw-agent",h);export{h as AgentPage};
