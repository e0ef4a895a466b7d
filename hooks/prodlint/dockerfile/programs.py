"""What is known of the programs that containers start."""

import posixpath

# They start the process that counts, and are none themselves.
STARTERS = "tini tini-static dumb-init catatonit docker-init exec env -- -g -s"
SHELLS = "sh bash dash zsh ash fish"
INTERPRETERS = "python node nodejs java dotnet ruby irb php perl bun deno erl iex elixir ghci julia Rscript jshell sbcl lua"
# What runs an application, as no tool for the command line does.
LAUNCHERS = """
npm npx yarn pnpm pm2 pm2-runtime gunicorn uvicorn hypercorn daphne fastapi flask celery uwsgi streamlit next serve bundle rails
puma rackup sidekiq rake catalina.sh php-fpm apache2-foreground httpd-foreground apache apache2ctl apachectl httpd nginx caddy mix
ng vite poetry uv pipenv
"""
# Servers whose workers step down while the master process stays root.
MASTERS = {
    "nginx": "nginx",
    "php-fpm": "php-fpm",
    "httpd": "apache",
    "httpd-foreground": "apache",
    "apache": "apache",
    "apache2": "apache",
    "apache2-foreground": "apache",
    "apache2ctl": "apache",
    "apachectl": "apache",
}
# They start other processes under accounts of their own, give up root by themselves, or cannot work without it.
NEED_ROOT = """
supervisord runsvdir s6-svscan s6-overlay cron crond sshd dockerd containerd systemd rsyslogd monit my_init init openvpn ipsec
charon xl2tpd pptpd ocserv wg-quick tincd zerotier-one tailscaled iptables smbd nmbd nfsd dhcpd keepalived dnsmasq named unbound
ntpd chronyd vsftpd proftpd pure-ftpd postfix dovecot exim squid slapd snort suricata tcpdump
"""
# They run another program under another account.
STEP_DOWN = "gosu su-exec setpriv runuser setuidgid s6-setuidgid s6-applyuidgid chpst fixuid"
_USER_FLAGS = ("--user", "--uid", "--setuid", "--run-as-user", "--runas", "--userspec")
_JOINTS = str.maketrans(";&|()\"'`\n\\,[]{}", "               ")


def name(word: str) -> str:
    """A program without its folder and version: `python` for /usr/bin/python3.13."""
    return posixpath.basename(word).rstrip("0123456789.") or word


def is_in(word: str, names: str) -> bool:
    return name(word) in names.split()


def words(text: str) -> list[str]:
    """The words of a shell text, roughly: what stands between blanks and operators."""
    return text.translate(_JOINTS).split()


def needs_root(command: list[str]) -> bool:
    """Whether a command must begin as root, or says itself who it becomes."""
    known = NEED_ROOT.split()
    if any(posixpath.basename(word) in known for text in command for word in words(text)):
        return True
    return any(word.partition("=")[0] in _USER_FLAGS for word in command)


def steps_down(text: str) -> bool:
    """Whether a script or command runs something under another account."""
    if not any(
        part in text
        for part in (
            "gosu",
            "su-exec",
            "setpriv",
            "runuser",
            "uidgid",
            "chpst",
            "fixuid",
            "su",
            "--userspec",
        )
    ):
        return False
    known, found = STEP_DOWN.split(), words(text)
    for index, word in enumerate(found):
        base = posixpath.basename(word)
        following = found[index + 1 : index + 6]
        if base in known or (base == "su" and "-c" in following) or word.startswith("--userspec"):
            return True
        if base == "sudo" and any(
            flag.startswith("-") and flag.endswith("u") for flag in following[:2]
        ):
            return True
    return False
