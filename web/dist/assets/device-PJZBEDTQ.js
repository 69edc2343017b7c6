import{a as d,i as c,m as p}from"./chunk-LUXTCGUQ.js";import{e as o}from"./chunk-2JMWGZ77.js";import{a as t,d as n,g as a,l as r}from"./chunk-DB627L4U.js";import"./chunk-YOSPNINI.js";var s=class extends r{static{this.properties={code:{}}}#e="unknown";#o;#i="ask";#t="";connectedCallback(){super.connectedCallback(),document.title="Let a program in · Claw Live",a().then(e=>{this.#e=e,e!==void 0&&this.code!==""&&this.#s(),this.requestUpdate()})}render(){return t`<main class="page narrow" id="main" tabindex="-1" data-testid="device">
      <h1>Let a program in</h1>
      ${this.#t===""?n:t`<p class="problem" role="alert">${this.#t}</p>`} ${this.#r()}
    </main>`}#r(){if(this.#e==="unknown")return t`<p class="empty">Loading …</p>`;if(this.#e===void 0){let e=encodeURIComponent(`/device${this.code===""?"":`?user_code=${encodeURIComponent(this.code)}`}`);return t`<p>A program asks to act as you. Sign in first, then compare its code.</p>
        <a class="button primary wide" href="/login?next=${e}">Sign in</a>`}switch(this.#i){case"ask":return t`<form class="form" @submit=${this.#d}>
          <label for="code">Code that the program shows</label>
          <input id="code" name="code" class="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="9" placeholder="WDJB-MJHT" pattern="[A-Za-z]{4}-?[A-Za-z]{4}" .value=${this.code} />
          <button class="primary">Look</button>
        </form>`;case"confirm":{let e=this.#o,i=c(e.createdAt);return t`<p class="big-code" data-testid="device-code">${this.code.toUpperCase()}</p>
          <p>The program calls itself <strong>${e.label||"nothing"}</strong> and asked from <strong>${e.address}</strong>${i===void 0?"":`, ${p(i,Date.now())}`}.</p>
          <p class="warn-box">Only go on if you started it yourself and it shows the very same code. It will be able to do everything that <strong>${this.#e.name}</strong> may do.</p>
          <div class="pair">
            <button class="primary" data-testid="approve" @click=${()=>this.#n("approved")}>Let it in</button>
            <button data-testid="deny" @click=${()=>this.#n("denied")}>Turn it away</button>
          </div>`}case"approved":return t`<p role="status">It is in. You can close this page.</p>`;case"denied":return t`<p role="status">It was turned away.</p>`}}#d=e=>{e.preventDefault(),this.code=String(new FormData(e.target).get("code")).trim(),this.#s()};async#s(){await this.#a(async()=>{this.#o=(await o().deviceLogins.getDeviceLogin({userCode:this.code})).deviceLogin,this.#i="confirm"})}async#n(e){await this.#a(async()=>{let i=o().deviceLogins;await(e==="approved"?i.approveDeviceLogin({userCode:this.code}):i.denyDeviceLogin({userCode:this.code})),this.#i=e})}async#a(e){try{this.#t="",await e()}catch(i){this.#t=d(i).message}this.requestUpdate()}};customElements.define("claw-device",s);export{s as DevicePage};
