# Varnish 6.0 or newer, with the module xkey of varnish-modules, in front of Newsroom (CDN_URL=varnish://host:port).
#
# It keeps what Newsroom says may be kept (s-maxage), and forgets it when Newsroom says so (PURGE with xkey-purge).
# Nothing is ever given out beyond its time: grace is off, and stale-while-revalidate is not heeded.

vcl 4.1;

import xkey;

backend newsroom {
    .host = "127.0.0.1";
    .port = "8000";
}

# Where Newsroom's own processes are. Nobody else may purge.
acl newsroom_nodes {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ newsroom_nodes) {
            return (synth(403));
        }
        if (!req.http.xkey-purge) {
            return (synth(400));
        }
        set req.http.xkey-purged = xkey.purge(req.http.xkey-purge);
        return (synth(200));
    }
    unset req.http.xkey-purged;
    # The desk is nobody's copy. A browser sends cookies there and nowhere else.
    if (req.url ~ "^/desk(/|$)") {
        return (pass);
    }
    unset req.http.Cookie;
}

sub vcl_synth {
    if (req.method == "PURGE") {
        if (resp.status == 200) {
            set resp.http.xkey-purged = req.http.xkey-purged;
        }
        set resp.body = "";
        return (deliver);
    }
}

sub vcl_backend_response {
    # Varnish would give out for ten seconds more what it keeps, while it fetches anew.
    set beresp.grace = 0s;
    # Keeping what has ended lets Varnish ask with If-None-Match; it never gives it out unasked.
    set beresp.keep = 1h;
}

sub vcl_deliver {
    # These are for Varnish. Whoever comes next asks first.
    if (resp.http.xkey) {
        set resp.http.Cache-Control = "no-cache";
    }
    unset resp.http.xkey;
    unset resp.http.Surrogate-Control;
    unset resp.http.Age;
}
