try{let e=localStorage.getItem("clawlive.theme");(e==="light"||e==="dark")&&(document.documentElement.dataset.theme=e)}catch{}
