"""Prepare a throw-away LibreOffice profile in which a document can reach nothing outside itself."""

from __future__ import annotations

from pathlib import Path

from zhijiao20.system.clean_environment import DEAD_PORT, DEAD_PROXY

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "DisableOLEAutomation", "true"),
    (_SECURITY, "DisablePythonRuntime", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "CheckDocumentEvents", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # never
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),  # never
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "CreateBackup", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "LoadPrinter", "false"),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", "false"),
    ("/org.openoffice.Office.Common/Misc", "UseSystemFileDialog", "false"),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),  # set by hand
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)
_PROXIED = ("HTTP", "HTTPS", "FTP")
_ITEM = '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'


def create_profile(folder: Path) -> None:
    """Create a profile in which no macro runs, no link is updated and every proxy leads nowhere.

    Args:
        folder: the folder of the profile, which does not exist yet.
    """
    proxies = [
        ("/org.openoffice.Inet/Settings", f"ooInet{name}Proxy{part}", value)
        for name in _PROXIED
        for part, value in (("Name", DEAD_PROXY), ("Port", DEAD_PORT))
    ]
    items = "".join(_ITEM.format(*setting) for setting in (*_SETTINGS, *proxies))
    user = folder / "user"
    user.mkdir(parents=True, mode=0o700)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")
