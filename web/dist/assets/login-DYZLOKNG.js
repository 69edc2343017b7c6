import{e as d}from"./chunk-2JMWGZ77.js";import{a as r,d as s,i as o,l}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var c={github:"GitHub",gitlab:"GitLab"},a=class extends l{static{this.properties={next:{}}}#e=[];#t="";#r=!1;connectedCallback(){super.connectedCallback(),document.title="Sign in · Claw Live",new URLSearchParams(location.search).get("error")!==null&&(this.#t="Signing in there did not work. Try again, or use your password."),d().oauth.listOAuthProviders({}).then(({providers:e})=>{this.#e=e.map(i=>i.provider),this.requestUpdate()}).catch(()=>{})}render(){let t=encodeURIComponent(m(this.next));return r`<main class="page narrow" id="main" tabindex="-1">
      <h1>Sign in</h1>
      <form class="form" @submit=${this.#i}>
        ${this.#t===""?s:r`<p class="problem" role="alert" data-testid="login-problem">${this.#t}</p>`}
        <label for="name">Name or e-mail</label>
        <input id="name" name="name" required autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" required autocomplete="current-password" maxlength="1024" />
        <button class="primary" data-testid="login" ?disabled=${this.#r}>Sign in</button>
      </form>
      ${this.#e.length===0?s:r`<p class="or"><span>or</span></p>
            ${this.#e.map(e=>r`<a class="button wide" href="/auth/oauth/${e}/start?next=${t}">Continue with ${c[e]??e}</a>`)}`}
    </main>`}#i=async t=>{t.preventDefault();let e=new FormData(t.target);this.#r=!0,this.#t="",this.requestUpdate();let i=await o(String(e.get("name")),String(e.get("password")));this.#r=!1,i===void 0?location.assign(m(this.next)):(this.#t=i,this.requestUpdate())}};function m(n){try{let t=new URL(n,location.origin);return t.origin===location.origin&&n.startsWith("/")?t.pathname+t.search+t.hash:"/"}catch{return"/"}}customElements.define("claw-login",a);export{a as LoginPage,m as localPath};
