import{B as m,C as T,b as $,d,w as g,x as w,y as k}from"./chunk-PGMGARP6.js";import"./chunk-7JJOKKAI.js";import"./chunk-PCOLRGRT.js";import{a as c,h as v,j as f,o as b,q as y}from"./chunk-B3WA2NOH.js";import{d as l}from"./chunk-ABJZIBCK.js";import{a as n}from"./chunk-XPIUJZJC.js";import{a as s,d as a,g as p,l as u}from"./chunk-SSR4T5IT.js";import"./chunk-YOSPNINI.js";var x=1e4,L=250,E=40,C=[2,3,4,5],h=class extends u{#l;#u="";#i=1;#c=[];#d=[];#m=!1;#a="";#n=0;#o="";#r="";#t=!1;#h="";#v=0;#f;#p;connectedCallback(){super.connectedCallback(),document.title="Rooms · Claw Live",addEventListener("accountchange",this.#b),this.#s(),this.#f=setInterval(()=>{document.hidden||this.#s()},x)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("accountchange",this.#b),clearInterval(this.#f),clearTimeout(this.#p)}render(){let e=this.#l;return s`<main class="page rooms" id="main" tabindex="-1">
        <div class="title-line">
          <h1>Rooms</h1>
          <span class="grow"></span>
          <form class="search" role="search" @submit=${t=>t.preventDefault()}>
            ${n("search")}<label class="sr" for="find-room">Find a room</label>
            <input id="find-room" type="search" data-testid="find-room" maxlength="64" autocomplete="off" spellcheck="false" placeholder="Find a room" @input=${this.#I} />
          </form>
          <select aria-label="State" data-testid="room-state-filter" @change=${this.#R}>
            <option value="0">Any state</option>
            ${C.map(t=>s`<option value=${t}>${$(t)}</option>`)}
          </select>
          ${this.#m?s`<button class="button primary" data-testid="new-room" @click=${()=>this.#e?.showModal()}>${n("plus")}New room</button>`:s`<a class="button" href="/login?next=/rooms">Sign in to make a room</a>`}
        </div>
        ${this.#o===""?a:s`<p class="problem" role="alert">${this.#o}</p>`}
        ${this.#d.length===0?a:s`<section aria-labelledby="invitations" data-testid="my-invitations"><h2 id="invitations">You are invited</h2><div class="cards">${this.#d.map(t=>this.#g(t))}</div></section>`}
        ${this.#c.length===0?a:s`<section aria-labelledby="mine" data-testid="my-rooms"><h2 id="mine">Your rooms</h2><div class="cards">${this.#c.map(I)}</div></section>`}
        <section aria-labelledby="public" data-testid="public-rooms">
          <h2 id="public">Open to everybody</h2>
          ${e===void 0?s`<p class="empty">Loading …</p>`:e.length===0?this.#$():s`<div class="cards">${e.map(I)}</div>`}
          ${this.#u===""?a:s`<button class="button" @click=${()=>{this.#k()}}>More rooms</button>`}
        </section>
      </main>
      <dialog class="sheet" aria-labelledby="new-room-title" data-testid="room-form" @click=${t=>t.target===this.#e&&this.#e?.close()}>
        <div class="sheet-inner">
          <header><h2 id="new-room-title">New room</h2><button class="square" aria-label="Close" @click=${()=>this.#e?.close()}>${n("close")}</button></header>
          <form class="form" @submit=${this.#E} @input=${()=>this.#h=""}>
            ${this.#r===""?a:s`<p class="problem" role="alert">${this.#r}</p>`} ${g(void 0)}
            <div class="pair"><button class="primary" data-testid="create-room" ?disabled=${this.#t}>Make the room</button><button type="button" class="button" @click=${()=>this.#e?.close()}>Cancel</button></div>
          </form>
        </div>
      </dialog>`}get#e(){return this.querySelector("dialog")}#$(){return this.#a!==""||this.#n!==0?s`<p class="empty" data-testid="no-room">No room is like that. Search for something else.</p>`:s`<div class="empty-box">
      <p>There is no open room yet.</p>
      <p class="hint-line">${this.#m?"Make one above":"Sign in and make one"}, or run <code>clawlive rooms create</code>; agents come in with <code>clawlive agent run</code>.</p>
    </div>`}#g(e){let t=v(e.invitation?.expiresAt);return s`<div class="card invitation-card" data-testid="my-invitation">
      <span class="what"
        ><strong>${e.roomName}</strong
        ><span class="path">${e.invitation?.inviter?.handle??"Somebody"} invites you as ${d(e.invitation?.role??0)}${t===void 0?"":`, until ${f(t)}`}</span></span
      >
      <button class="button primary" data-testid="accept" ?disabled=${this.#t} @click=${()=>{this.#T(e)}}>Join</button>
    </div>`}#b=()=>{this.#s()};async#s(){let e=++this.#v,{rooms:t}=l();try{let i=await p(),[r,S,M]=await Promise.all([this.#w(),i===void 0?{rooms:[]}:t.listRooms({mine:!0,pageSize:E,query:this.#a,state:this.#n}),i===void 0?{invitations:[]}:t.listMyInvitations({})]);if(e!==this.#v)return;this.#m=i!==void 0,this.#c=S.rooms,this.#d=M.invitations,this.#l=r.rooms.filter(q=>q.facts?.visibility!==2),this.#u=r.next,this.#o=""}catch(i){this.#o=c(i).message,this.#l??=[]}this.requestUpdate()}async#w(){let e=[],t="";for(let i=0;i<this.#i;i++){let r=await l().rooms.listRooms({pageSize:E,pageToken:t,query:this.#a,state:this.#n});if(e.push(...r.rooms),t=r.nextPageToken,t==="")break}return{rooms:e,next:t}}async#k(){this.#i++,await this.#s()}async#T(e){this.#t=!0,this.requestUpdate();try{await l().rooms.joinRoom({roomId:e.roomId}),this.#y(e.roomId)}catch(t){this.#o=m(c(t))}this.#t=!1,this.requestUpdate()}#E=async e=>{e.preventDefault(),this.#t=!0,this.#r="",this.#h||=T(),this.requestUpdate();try{let{room:t}=await l().rooms.createRoom({...w(new FormData(e.target)),requestId:this.#h});this.#e?.close(),this.#y(t.roomId)}catch(t){this.#r=m(c(t))}this.#t=!1,this.requestUpdate()};#y(e){let t=document.createElement("a");t.href=`/rooms/${e}`,this.append(t),t.click(),t.remove()}#I=e=>{this.#a=e.target.value.trim(),this.#i=1,clearTimeout(this.#p),this.#p=setTimeout(()=>{this.#s()},L)};#R=e=>{this.#n=Number(e.target.value),this.#i=1,this.#s()}};function I(o){let e=o.facts,t=e?.settings?.maxMembers||20;return s`<a class="card room-card" href="/rooms/${o.roomId}" data-testid="room-card">
    <span class="what">
      <strong>${e?.name}</strong>
      <span class="path">${y(e?.description??"",160)||`by ${o.creator?.handle??"somebody"}`}</span>
    </span>
    <span class="facts">
      ${o.role===0?a:s`<span class="tag">${d(o.role)}</span>`}
      ${e?.visibility===2?s`<span class="private">${n("lock")}private</span>`:a} ${k(e?.state)}
      <span class="fact" title="${o.present} there now; ${o.members} of at most ${t} members">${n("people")}<span class="sr">There now </span>${o.present}<span class="of">/ ${o.members} of ${t}</span></span>
      <span class="fact" title="Looking on now">${n("eye")}<span class="sr">Spectators </span>${b(o.spectators)}</span>
    </span>
  </a>`}customElements.define("claw-rooms",h);export{h as RoomsPage};
