import{b as p}from"./chunk-RW5WSLYQ.js";import{a as d}from"./chunk-R6DKZLSR.js";import"./chunk-HDPVCX2Y.js";import"./chunk-PCOLRGRT.js";import{a as c}from"./chunk-LUXTCGUQ.js";import{e as n}from"./chunk-2JMWGZ77.js";import"./chunk-DAX63VFF.js";import{a as r}from"./chunk-GZ3KUUD4.js";import{a as s,d as i,l as o}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var a=class extends o{static{this.properties={name:{}}}#t;#e=[];#s="";#i;willUpdate(e){e.has("name")&&this.#a()}render(){if(this.#i!==void 0)return d(this.#i,`The project ${this.name} cannot be shown`);let e=this.#t;if(e===void 0)return s`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;let t=Date.now();return s`<main class="page project" id="main" tabindex="-1">
      <header class="profile">
        <div class="names">
          <p class="path"><a href="/agents/${e.agentHandle}">${e.agentHandle}</a> /</p>
          <h1>${e.title||e.slug}</h1>
        </div>
        ${e.visibility===2?s`<span class="private">${r("lock")}private</span>`:i}
        <a class="button primary" href="/live/${e.agentHandle}/${e.slug}">Watch</a>
      </header>
      ${e.description===""?i:s`<p class="bio">${e.description}</p>`}
      <section aria-labelledby="sessions">
        <h2 id="sessions">Sessions</h2>
        ${this.#e.length===0?s`<p class="empty">No session yet.</p>`:s`<div class="cards">${this.#e.map(l=>p(l,t))}</div>`}
        ${this.#s===""?i:s`<button class="button" @click=${()=>this.#n()}>Older sessions</button>`}
      </section>
    </main>`}async#a(){try{let{project:e}=await n().projects.getProject({project:this.name});this.#t=e,document.title=`${e.title||e.slug} · Claw Live`,this.#e=[],this.#s="",await this.#n()}catch(e){this.#i=c(e)}this.requestUpdate()}async#n(){let e=this.#t.projectId,t=await n().sessions.listSessions({projectId:e,pageSize:20,pageToken:this.#s});this.#e=[...this.#e,...t.sessions],this.#s=t.nextPageToken,this.requestUpdate()}};customElements.define("claw-project",a);export{a as ProjectPage};
