/* Starts Wellside: reads the line of `current`, loads that runtime's Python into this process and runs that
   program's start.py. Built twice: with WINDOWED for the screen, without for the console. What keeps it from
   starting goes to the person and to the event log. */

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768 /* of a path, manifest: longPathAware */
#define NAME 128      /* of a layer's folder */
#define NO_START 70

typedef int (*PythonMain)(int, wchar_t **);

static wchar_t root[LONGEST], path[LONGEST], path_of_profile[LONGEST];

static int failed(const wchar_t *what)
{
    DWORD code = GetLastError();
    static wchar_t text[LONGEST + 512];
    const wchar_t *told[] = {text};
    swprintf(text, LONGEST + 512,
             L"Wellside cannot start: %ls (%lu).\r\n%ls\r\n"
             L"Repair it under Apps, or ask IT. / Wellside не запускается: исправьте его в списке приложений "
             L"или обратитесь в ИТ.",
             what, code, path[0] ? path : root);
    HANDLE log = RegisterEventSourceW(NULL, L"Wellside");
    if (log != NULL) {
        ReportEventW(log, EVENTLOG_ERROR_TYPE, 0, NO_START, NULL, 1, 0, told, NULL);
        DeregisterEventSource(log);
    }
#ifdef WINDOWED
    if (GetEnvironmentVariableW(L"WELLSIDE_NO_BOX", NULL, 0) == 0)
        MessageBoxW(NULL, text, L"Wellside", MB_OK | MB_ICONERROR);
#else
    DWORD written;
    HANDLE err = GetStdHandle(STD_ERROR_HANDLE);
    if (!WriteConsoleW(err, text, (DWORD)wcslen(text), &written, NULL)) {
        static char bytes[4 * LONGEST];
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        if (length > 1)
            WriteFile(err, bytes, (DWORD)length - 1, &written, NULL);
    }
#endif
    return NO_START;
}

/* A folder beside this program and nothing else: letters, digits, '-', '.', '_', and no dot in front. */
static int is_a_name(const wchar_t *name)
{
    if (name[0] == L'\0' || name[0] == L'.')
        return 0;
    return wcsspn(name, L"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") == wcslen(name);
}

static int read_current(wchar_t *program, wchar_t *runtime)
{
    char line[2 * NAME + 4] = {0}, first[NAME] = {0}, second[NAME] = {0};
    DWORD length = 0;
    swprintf(path, LONGEST, L"%ls\\current", root);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    BOOL done = ReadFile(file, line, sizeof line - 1, &length, NULL);
    CloseHandle(file);
    if (!done || sscanf(line, "%127s %127s", first, second) != 2)
        return 0;
    swprintf(program, NAME, L"%hs", first);
    swprintf(runtime, NAME, L"%hs", second);
    return is_a_name(program) && is_a_name(runtime);
}

/* python3NN.dll, whatever NN is; python3.dll beside it only points there. */
static HMODULE load_python(const wchar_t *runtime)
{
    WIN32_FIND_DATAW found;
    swprintf(path, LONGEST, L"%ls\\%ls\\python\\python3*.dll", root, runtime);
    HANDLE search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE)
        return NULL;
    BOOL more = TRUE;
    while (more && _wcsicmp(found.cFileName, L"python3.dll") == 0)
        more = FindNextFileW(search, &found);
    FindClose(search);
    if (!more)
        return NULL;
    swprintf(path, LONGEST, L"%ls\\%ls\\python\\%ls", root, runtime, found.cFileName);
    return LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

static int run(int argc, wchar_t **argv)
{
    wchar_t program[NAME], runtime[NAME];
    SetDllDirectoryW(L""); /* no library is taken from the folder somebody stands in */
    DWORD length = GetModuleFileNameW(NULL, root, LONGEST);
    wchar_t *last = length && length < LONGEST ? wcsrchr(root, L'\\') : NULL;
    if (last == NULL)
        return failed(L"its own folder");
    *last = L'\0';
    if (!read_current(program, runtime))
        return failed(L"current");
    HMODULE python = load_python(runtime);
    if (python == NULL)
        return failed(L"python");
    PythonMain python_main = (PythonMain)(void *)GetProcAddress(python, "Py_Main");
    wchar_t **given = calloc((size_t)argc + 3, sizeof *given);
    if (python_main == NULL || given == NULL)
        return failed(L"Py_Main");
    swprintf(path, LONGEST, L"%ls\\%ls\\start.py", root, program);
    if (GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES)
        return failed(L"start.py");
    swprintf(path_of_profile, LONGEST, L"%ls\\profile", root);
    if (GetFileAttributesW(path_of_profile) != INVALID_FILE_ATTRIBUTES)
        SetEnvironmentVariableW(L"WELLSIDE_HOME", path_of_profile); /* on a stick the wells are kept beside it */
    given[0] = argv[0];
    given[1] = L"-I";
    given[2] = path;
    for (int i = 1; i < argc; i++)
        given[i + 2] = argv[i];
    return python_main(argc + 2, given);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE here, HINSTANCE before, LPWSTR line, int shown)
{
    (void)here, (void)before, (void)line, (void)shown;
    return run(__argc, __wargv);
}
#else
int wmain(int argc, wchar_t **argv)
{
    return run(argc, argv);
}
#endif
