# The two commands on Windows: .\make.ps1 run, .\make.ps1 test. Each does all the set-up it needs.
# Also: bench, faults, screenshots, lint.
param([ValidateSet("run", "test", "bench", "faults", "lint", "screenshots")][string]$Task = "run")

$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$python = Join-Path $PSScriptRoot ".venv\Scripts\python.exe"

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Install-Project([string]$Purpose) {
    if (-not (Test-Path $python)) {
        $found = $false
        foreach ($version in "3.13", "3.12", "3.11") {
            & py "-$version" -c "pass" 2>$null
            if ($LASTEXITCODE -eq 0) { Invoke-Checked "py" @("-$version", "-m", "venv", ".venv"); $found = $true; break }
        }
        if (-not $found) { Write-Error "Python 3.11, 3.12 or 3.13 is needed: install it from python.org and try again." }
    }
    $text = (Get-Content "requirements\$Purpose.txt" -Raw) + (Get-Content "pyproject.toml" -Raw)
    $bytes = [System.Security.Cryptography.SHA256]::Create().ComputeHash([System.Text.Encoding]::UTF8.GetBytes($text))
    $stamp = ".venv\.installed-$Purpose-" + [System.BitConverter]::ToString($bytes).Replace("-", "").Substring(0, 16)
    if (-not (Test-Path $stamp)) {
        Invoke-Checked $python @("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "requirements\$Purpose.txt")
        Invoke-Checked $python @("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "-e", ".")
        New-Item -ItemType File $stamp | Out-Null
    }
    Invoke-Checked $python @("tools\build_translations.py")
}

function Invoke-Lint {
    $folders = @("app", "tests", "tools", "benchmarks", "central", "main.py")
    Invoke-Checked $python (@("-m", "ruff", "check") + $folders)
    Invoke-Checked $python (@("-m", "ruff", "format", "--check") + $folders)
    Invoke-Checked $python @("-m", "mypy")
    Invoke-Checked ".venv\Scripts\lint-imports.exe" @()
    Invoke-Checked $python @("-m", "tools.contracts")
}

switch ($Task) {
    "run" { Install-Project "run"; Invoke-Checked $python @("tools\run_here.py") }
    "screenshots" { Install-Project "run"; Invoke-Checked $python @("tools\run_here.py", "screenshots") }
    "test" { Install-Project "test"; Invoke-Lint; Invoke-Checked $python @("-m", "pytest") }
    "faults" { Install-Project "test"; Invoke-Checked $python @("-m", "pytest", "tests\faults", "--kills", "200", "-p", "no:randomly") }
    "bench" { Install-Project "test"; Invoke-Checked $python @("-m", "benchmarks") }
    "lint" { Install-Project "test"; Invoke-Lint }
}
