/* What a stranger may put into a folder: as a program or as a library it leaves a mark on the disk. */
#include <windows.h>

static void leave_mark(void)
{
    CloseHandle(CreateFileW(L"C:\\planted", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    leave_mark();
    return TRUE;
}

int main(void)
{
    leave_mark();
    return 0;
}
