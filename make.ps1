# The commands of the Makefile on Windows: .\make.ps1 run, .\make.ps1 test, … Each does all the set-up it needs.
param(
    [ValidateSet("run", "centre", "test", "check", "style", "types", "contracts", "units", "whole", "slow", "bench", "bench-short", "faults", "site", "fuzz", "mutate", "sabotage", "coverage",
        "lint", "looks", "screenshots", "lock", "train", "bill", "wheel", "wheel-alone", "installers", "image", "image-try", "deploy-check", "airflow-test", "learning-test", "train-deep", "batch-test", "clean")]
    [string]$Task = "run"
)

$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot
$python = Join-Path $PSScriptRoot ".venv\Scripts\python.exe"

function Invoke-Checked([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Invoke-Python { Invoke-Checked $python $args }
function Invoke-Whole { $env:WELLSIDE_WHOLE_PROOFS = "1"; Invoke-Checked $python $args }

function Install-Project([string]$Purpose) {
    if (-not (Test-Path $python)) {
        $found = $false
        foreach ($version in "3.13", "3.12", "3.11") {
            & py "-$version" -c "pass" 2>$null
            if ($LASTEXITCODE -eq 0) { Invoke-Checked "py" @("-$version", "-m", "venv", "--without-pip", ".venv"); $found = $true; break }
        }
        if (-not $found) { Write-Error "Python 3.11, 3.12 or 3.13 is needed: install it from python.org and try again." }
    }
    Invoke-Python -m tools.install $Purpose
    Invoke-Python tools\build_translations.py
}

function Test-Style { Invoke-Python -m ruff check .; Invoke-Python -m ruff format --check . }
function Test-Types { Invoke-Python -m mypy }
function Test-Contracts { Invoke-Python -m tools.contracts }
function Invoke-Lint { Test-Style; Test-Types; Test-Contracts }
function Test-Units { Invoke-Python -m pytest -n 2 --dist worksteal --units }
function Test-Whole { Invoke-Python -m pytest -n 2 --dist worksteal -m "not slow" }

function Invoke-Installer {
    $given = if ($env:WINDOWS_PYTHON) { @("--python", $env:WINDOWS_PYTHON) } else { @("--trial") }
    if ($env:SIGNING) { $given += @("--signing", $env:SIGNING) }
    Invoke-Checked $python (@("-m", "installer.windows") + $given)
}

function Remove-Made {
    foreach ($made in ".venv", "out", "build", "dist", "*.egg-info", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".coverage") {
        Remove-Item $made -Recurse -Force -ErrorAction SilentlyContinue
    }
}

switch ($Task) {
    "run" { Install-Project "run"; Invoke-Python tools\run_here.py }
    "centre" { Install-Project "central"; Invoke-Python -m tools.run_centre }
    "test" { Install-Project "test"; Invoke-Lint; Test-Whole }
    "check" { Install-Project "test"; Invoke-Lint; Test-Units }
    "lint" { Install-Project "test"; Invoke-Lint }
    "style" { Test-Style }
    "types" { Test-Types }
    "contracts" { Test-Contracts }
    "units" { Test-Units }
    "whole" { Test-Whole }
    "slow" { Install-Project "test"; Invoke-Python -m pytest -n 2 --dist worksteal -m slow }
    "faults" {
        Install-Project "test"
        $env:WELLSIDE_FAULT_RUN = "1"
        Invoke-Python -m pytest tests\faults --kills 200 --states 100000 --runs 10000 --points 100000 -p no:randomly
        Invoke-Python -m tools.write_reliability
    }
    "site" { Install-Project "test"; Invoke-Python -m pytest -n 0 -s tests/faults/test_site.py --site-seconds 300 --site-rate 20000 }
    "fuzz" { Install-Project "test"; Invoke-Python -m pytest tests\importers\test_damaged_files.py tests\central\test_openapi.py -k "damage or document_names" --fuzz 5000; Invoke-Whole -m pytest -n 2 --dist worksteal -m hypothesis }
    "mutate" { Install-Project "test"; Invoke-Whole -m tools.mutate }
    "sabotage" { Install-Project "test"; Invoke-Python -m tools.sabotage }
    "coverage" {
        Install-Project "test"
        $journal = (Get-ChildItem tests\models\test_journal*.py).FullName
        Invoke-Whole -m coverage run -m pytest -n 0 -m "not slow" tests\sync @journal tests\models\test_blobs.py `
            tests\models\test_central_store.py tests\models\test_sending.py
        Invoke-Python -m coverage report
    }
    "bench" { Install-Project "test"; Invoke-Python -m benchmarks }
    "bench-short" { Install-Project "test"; Invoke-Python -m benchmarks.short }
    "looks" { Install-Project "test"; Invoke-Python -m pytest tests/views/test_window.py -k cut --every-look }
    "screenshots" { Install-Project "run"; Invoke-Python tools\run_here.py screenshots }
    "train" {
        Install-Project "test"
        foreach ($tool in "train_ranker", "evaluate_cards", "evaluate_labels", "evaluate_esp", "train_failure") { Invoke-Python -m "tools.$tool" }
    }
    "bill" { Install-Project "central"; Invoke-Python -m tools.bill }
    "lock" { Install-Project "run"; Invoke-Python -m tools.lock }
    "wheel" { Install-Project "run"; Invoke-Python -m tools.build_wheel }
    "wheel-alone" {
        Install-Project "test"
        $env:WELLSIDE_WHEEL_ALONE = "1"
        Invoke-Python -m pytest tests\e2e\test_wheel.py -n 0
    }
    "installers" { Install-Project "test"; Invoke-Python -m installer linux; Invoke-Installer }
    "image" { Install-Project "test"; Invoke-Python -m deploy.image build }
    "image-try" { Install-Project "test"; Invoke-Python -m deploy.image try }
    "deploy-check" { Install-Project "test"; Invoke-Python -m deploy.checks }
    "airflow-test" {
        Install-Project "test"
        $env:WELLSIDE_AIRFLOW = & $python -m deploy.learning airflow
        Invoke-Python -m pytest -n0 tests/deploy/test_learning.py
    }
    "learning-test" {
        Install-Project "test"
        $env:WELLSIDE_TORCH = & $python -m deploy.learning learning
        Invoke-Python -m pytest -n0 tests/deploy/test_deep_by_torch.py
    }
    "batch-test" {
        Install-Project "test"
        $env:WELLSIDE_SPARK = & $python -m deploy.learning batch
        Invoke-Python -m pytest -n0 tests/central/test_batch.py
    }
    "train-deep" {
        Install-Project "test"
        $env:WELLSIDE_TORCH = & $python -m deploy.learning learning
        Invoke-Python -m tools.evaluate_deep
    }
    "clean" { Remove-Made }
}
