; The EXE: for one user without anybody's leave, or `/AllUsers` from a session that may. `/S` says and asks nothing,
; `/D=FOLDER` comes last, `/SITE=FILE` is the site's settings (else site.toml beside this file), with /AllUsers only.
; ROOT, VERSION, ICON, OUT, VALUES (a file of what Windows is told) and SIGN come from exe.py.
Unicode true
!include FileFunc.nsh
!include LogicLib.nsh
!include "${VALUES}"

Name "Wellside ${VERSION}"
OutFile "${OUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDateSave off
ManifestDPIAware true
ManifestLongPathAware true
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "Wellside"
VIAddVersionKey CompanyName "Wellside"
VIAddVersionKey FileDescription "Wellside"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "Apache-2.0"
!ifdef SIGN
!uninstfinalize '${SIGN} "%1"'
!endif

!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\Wellside"
!define REFUSED 1603
!define NO_RIGHTS 740
!define IN_USE 1618
Var ForAll

; What keeps us from going on: said where somebody sees it, and by the exit code.
!macro Leave code text
  SetErrorLevel ${code}
  MessageBox MB_OK|MB_ICONSTOP "${text}" /SD IDOK
  Quit
!macroend

!macro Context
  SetRegView 64
  ${If} $ForAll == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

; A program that runs holds its file: nothing is done half.
!macro NotInUse
  ${If} ${FileExists} "$INSTDIR\wellside.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\wellside.exe" a
    ${If} ${Errors}
      !insertmacro Leave ${IN_USE} "Wellside is running, or its folder may not be written to: $INSTDIR"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro RemoveLayers un
  Function ${un}RemoveLayersOf ; the pattern is on the stack
    Pop $R9
    FindFirst $R0 $R1 "$INSTDIR\$R9"
    ${DoWhile} $R1 != ""
      RMDir /r "$INSTDIR\$R1"
      FindNext $R0 $R1
    ${Loop}
    FindClose $R0
  FunctionEnd
  Function ${un}RemoveLayers
    Push "program-*"
    Call ${un}RemoveLayersOf
    Push "runtime-*"
    Call ${un}RemoveLayersOf
    Push "extra-*"
    Call ${un}RemoveLayersOf
  FunctionEnd
!macroend
!insertmacro RemoveLayers ""
!insertmacro RemoveLayers "un."

Function .onInit
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $ForAll 1
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      !insertmacro Leave ${NO_RIGHTS} "/AllUsers needs a session with administrator's rights."
    ${EndIf}
  ${EndIf}
  !insertmacro Context
  ReadRegStr $R2 SHCTX "Software\Wellside" "Folder"
  ReadRegStr $R3 SHCTX "${LISTED}" "InstallLocation"
  ${If} $R2 != ""
  ${AndIf} $R3 == ""
    !insertmacro Leave ${REFUSED} "Wellside is installed from an MSI: remove that one first, or install the newer MSI."
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $R3 != ""
      StrCpy $INSTDIR $R3
    ${ElseIf} $ForAll == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\Wellside"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\Wellside"
    ${EndIf}
  ${EndIf}
  !insertmacro NotInUse
FunctionEnd

Section
  Call RemoveLayers
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${ROOT}/*.*"
  ${If} ${Errors}
    !insertmacro Leave ${REFUSED} "Not everything could be written to $INSTDIR"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro Tell
  ${If} $ForAll == 1
    !insertmacro TellOfMachine
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/SITE=" $R1
    ${If} ${Errors}
      StrCpy $R1 "$EXEDIR\site.toml"
    ${EndIf}
    ${If} ${FileExists} "$R1"
      CreateDirectory "$APPDATA\wellside"
      ; The program obeys a site's file only where nobody but administrators may write (*S-1-5-32-545: users read).
      nsExec::Exec 'icacls "$APPDATA\wellside" /inheritance:r /grant "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-32-545:(OI)(CI)RX"'
      Pop $0
      CopyFiles /SILENT "$R1" "$APPDATA\wellside\site.toml"
    ${EndIf}
  ${EndIf}
  CreateShortcut "$SMPROGRAMS\Wellside.lnk" "$INSTDIR\wellside.exe"
  WriteRegStr SHCTX "${LISTED}" "DisplayName" "Wellside"
  WriteRegStr SHCTX "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${LISTED}" "Publisher" "Wellside"
  WriteRegStr SHCTX "${LISTED}" "DisplayIcon" "$INSTDIR\wellside.exe,0"
  WriteRegStr SHCTX "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${LISTED}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${LISTED}" "NoModify" 1
  WriteRegDWORD SHCTX "${LISTED}" "NoRepair" 1
SectionEnd

Function un.onInit
  SetRegView 64
  ReadRegStr $R3 HKLM "${LISTED}" "InstallLocation"
  ${If} $R3 == $INSTDIR
    StrCpy $ForAll 1
  ${EndIf}
  !insertmacro Context
  !insertmacro NotInUse
FunctionEnd

; Profiles and the site's settings lie elsewhere and stay.
Section Uninstall
  Call un.RemoveLayers
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\managed_by"
  Delete "$INSTDIR\wellside.exe"
  Delete "$INSTDIR\wellside-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Wellside.lnk"
  !insertmacro Forget
  ${If} $ForAll == 1
    !insertmacro ForgetOfMachine
  ${EndIf}
  DeleteRegKey SHCTX "${LISTED}"
SectionEnd
