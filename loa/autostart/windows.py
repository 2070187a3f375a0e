"""A task of the Windows Task Scheduler, as XML that ``schtasks`` and its window take in."""

from __future__ import annotations

import codecs
import subprocess
from xml.sax.saxutils import escape

from loa.autostart.work import EVERY_MINUTES, Work

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_RESTART = """
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>255</Count>
    </RestartOnFailure>"""
_LONG_AGO = "2020-01-01T00:00:00"


def task(work: Work) -> bytes:
    """The file: UTF-16 with a byte order mark, else ``schtasks`` spoils Vietnamese letters.

    Windows ends a task after 72 hours, stops it on battery and never starts again what has ended: all of that is
    turned off. A look every few minutes starts what does not run; what runs is left alone (IgnoreNew).
    """
    return codecs.BOM_UTF16_LE + _written(work).replace("\n", "\r\n").encode("utf-16-le")


def _written(work: Work) -> str:
    command, *words = work.command
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="{_NAMESPACE}">
  <RegistrationInfo>
    <Description>{escape(work.title)}</Description>
    <URI>\\Loa\\{escape(work.name)}</URI>
  </RegistrationInfo>
  <Triggers>
{_triggers(work)}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{escape(work.user)}</UserId>
      <LogonType>{"S4U" if work.for_machine else "InteractiveToken"}</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>{"PT0S" if work.is_kept_running else f"PT{EVERY_MINUTES}M"}</ExecutionTimeLimit>
    <Priority>6</Priority>{_RESTART if work.is_kept_running else ""}
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(command)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(words))}</Arguments>
      <WorkingDirectory>{escape(str(work.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def _triggers(work: Work) -> str:
    who = "" if work.for_machine else f"\n      <UserId>{escape(work.user)}</UserId>"
    kind = "BootTrigger" if work.for_machine else "LogonTrigger"
    return f"""    <{kind}>
      <Enabled>true</Enabled>{who}
    </{kind}>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{EVERY_MINUTES}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>{_LONG_AGO}</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>"""
