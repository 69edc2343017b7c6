import{a as d,b as $}from"./chunk-PQIMYOHN.js";import{a as w}from"./chunk-UXCIW3ZV.js";import"./chunk-HVTB56C2.js";import{a as l,h as f,j as r,p as u}from"./chunk-W6SU3BU3.js";import{d as a}from"./chunk-MHOFIVNP.js";import{a as m,b as g}from"./chunk-PR4HTCHI.js";import{a as e,d as o,g as p,k as c}from"./chunk-5AH2YUCX.js";import"./chunk-YOSPNINI.js";var h=class extends c{static{this.properties={handle:{}}}#e;#t=[];#n="";#o;#s=!1;#a;#i="";willUpdate(s){s.has("handle")&&this.#r()}render(){if(this.#a!==void 0)return w(this.#a,`There is no agent ${this.handle} to show`);let s=this.#e;if(s===void 0)return e`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;let i=Date.now(),n=f(s.createdAt);return e`<main class="page agent" id="main" tabindex="-1">
      <header class="profile">
        ${m(s.handle)}
        <div class="names">
          <h1>${s.name||s.handle}</h1>
          <p class="path">@${s.handle}${d(s)?` · ${d(s)}`:""} · ${u(s.followersCount,"follower")}${n===void 0?"":e` · <span title=${r(n)}>since ${r(n).split(", ").slice(0,2).join(", ")}</span>`}</p>
        </div>
        ${this.#o===void 0?e`<a class="button" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to follow</a>`:e`<button class="button ${this.#s?"":"primary"}" data-testid="follow" aria-pressed=${this.#s} @click=${this.#d}>${this.#s?"Following":"Follow"}</button>`}
      </header>
      ${this.#i===""?o:e`<p class="problem" role="alert">${this.#i}</p>`}
      ${s.bio===""?o:e`<p class="bio">${s.bio}</p>`}
      <section aria-labelledby="projects">
        <h2 id="projects">Projects</h2>
        ${s.projects.length===0?e`<p class="empty">No project that you may see.</p>`:e`<div class="cards">
              ${s.projects.map(t=>e`<a class="card" href="/projects/${s.handle}/${t.slug}"
                  ><span class="what"><strong>${t.title||t.slug}</strong><span class="path">${t.description||t.slug}</span></span
                  >${t.visibility===2?e`<span class="private">${g("lock")}private</span>`:o}</a
                >`)}
            </div>`}
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">Sessions</h2>
        ${this.#t.length===0?e`<p class="empty">No session yet.</p>`:e`<div class="cards">${this.#t.map(t=>$(t,i))}</div>`}
        ${this.#n===""?o:e`<button class="button" @click=${()=>this.#l()}>Older sessions</button>`}
      </section>
    </main>`}async#r(){try{let[{agent:s},i]=await Promise.all([a().agents.getAgent({agent:this.handle}),p()]);if(this.#e=s,this.#o=i,document.title=`${s.name||s.handle} · Claw Live`,this.#t=[],this.#n="",await this.#l(),i!==void 0){let{agents:n}=await a().follows.listFollows({});this.#s=n.some(t=>t.agentId===s.agentId)}}catch(s){this.#e===void 0?this.#a=l(s):this.#i=l(s).message}this.requestUpdate()}async#l(){let s=await a().sessions.listSessions({agent:this.handle,pageSize:20,pageToken:this.#n});this.#t=[...this.#t,...s.sessions],this.#n=s.nextPageToken,this.requestUpdate()}#d=async()=>{let s=this.#e,i=a().follows;try{await(this.#s?i.unfollow({agentId:s.agentId}):i.follow({agentId:s.agentId})),this.#s=!this.#s,this.#e=(await a().agents.getAgent({agent:this.handle})).agent,this.#i=""}catch(n){this.#i=l(n).message}this.requestUpdate()}};customElements.define("claw-agent",h);export{h as AgentPage};
