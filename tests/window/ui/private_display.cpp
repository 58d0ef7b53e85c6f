#include "tests/window/ui/private_display.hpp"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <cairo.h>
#include <cstdlib>
#include <cstring>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace liqu::test {

struct PrivateDisplay::Connection {
    ::Display* display = nullptr;
    ~Connection() {
        if (display != nullptr) XCloseDisplay(display);
    }
};

namespace {

// Runs in the child only.
[[noreturn]] void becomeServer(int numberPipe, const std::string& screen) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    // Ctrl-C is not for the server: its clients would lose it in the middle of their work.
    ::setpgid(0, 0);
    const std::string descriptor = std::to_string(numberPipe);
    ::execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", screen.c_str(),
             "-nolisten", "tcp", "-noreset", static_cast<char*>(nullptr));
    ::_exit(127);
}

// The server writes its number when it is ready for clients.
std::string readNumber(int pipe) {
    std::string number;
    char digit = 0;
    while (::read(pipe, &digit, 1) == 1 && digit != '\n') number += digit;
    return number;
}

}  // namespace

PrivateDisplay::PrivateDisplay(pid_t server, std::string name,
                               std::unique_ptr<Connection> connection)
    : server_(server), name_(std::move(name)), connection_(std::move(connection)) {}

Result<std::unique_ptr<PrivateDisplay>> PrivateDisplay::start(int width, int height) {
    int ends[2];
    if (::pipe(ends) != 0) return fail(ErrorCode::windowNotOpened, "no pipe");
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    const pid_t server = ::fork();
    if (server == 0) {
        ::close(ends[0]);
        becomeServer(ends[1], screen);
    }
    ::close(ends[1]);
    const std::string number = readNumber(ends[0]);
    ::close(ends[0]);
    const std::string name = ":" + number;
    auto connection = std::make_unique<Connection>();
    if (!number.empty()) connection->display = XOpenDisplay(name.c_str());
    if (connection->display == nullptr) {
        ::kill(server, SIGTERM);
        ::waitpid(server, nullptr, 0);
        return fail(ErrorCode::windowNotOpened, "Xvfb did not start");
    }
    ::setenv("DISPLAY", name.c_str(), 1);
    return std::unique_ptr<PrivateDisplay>(new PrivateDisplay(server, name, std::move(connection)));
}

PrivateDisplay::~PrivateDisplay() {
    connection_.reset();
    ::kill(server_, SIGTERM);
    ::waitpid(server_, nullptr, 0);
}

bool PrivateDisplay::savePicture(const std::filesystem::path& file) {
    ::Display* display = connection_->display;
    const int screen = DefaultScreen(display);
    const auto width = static_cast<unsigned>(DisplayWidth(display, screen));
    const auto height = static_cast<unsigned>(DisplayHeight(display, screen));
    XImage* image =
        XGetImage(display, DefaultRootWindow(display), 0, 0, width, height, AllPlanes, ZPixmap);
    if (image == nullptr) return false;
    cairo_surface_t* surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, static_cast<int>(width), static_cast<int>(height));
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    for (std::size_t row = 0; row < height; ++row) {
        std::memcpy(cairo_image_surface_get_data(surface) + row * stride,
                    image->data + row * static_cast<std::size_t>(image->bytes_per_line),
                    std::size_t{width} * 4);
    }
    cairo_surface_mark_dirty(surface);
    const bool saved = cairo_surface_write_to_png(surface, file.c_str()) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    XDestroyImage(image);
    return saved;
}

std::string PrivateDisplay::pixelsOf(int x, int y, int width, int height) {
    ::Display* display = connection_->display;
    const int screen = DefaultScreen(display);
    if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > DisplayWidth(display, screen) ||
        y + height > DisplayHeight(display, screen)) {
        return {};
    }
    XImage* image =
        XGetImage(display, DefaultRootWindow(display), x, y, static_cast<unsigned>(width),
                  static_cast<unsigned>(height), AllPlanes, ZPixmap);
    if (image == nullptr) return {};
    std::string pixels(image->data, static_cast<std::size_t>(image->bytes_per_line) *
                                        static_cast<std::size_t>(image->height));
    XDestroyImage(image);
    return pixels;
}

void PrivateDisplay::press(int x, int y) {
    moveTo(x, y);
    XTestFakeButtonEvent(connection_->display, 1, True, CurrentTime);
    XSync(connection_->display, False);
}

void PrivateDisplay::moveTo(int x, int y) {
    XTestFakeMotionEvent(connection_->display, -1, x, y, CurrentTime);
    XSync(connection_->display, False);
}

void PrivateDisplay::release() {
    XTestFakeButtonEvent(connection_->display, 1, False, CurrentTime);
    XSync(connection_->display, False);
}

void PrivateDisplay::typeKey(const char* name) {
    const KeyCode key = XKeysymToKeycode(connection_->display, XStringToKeysym(name));
    XTestFakeKeyEvent(connection_->display, key, True, CurrentTime);
    XTestFakeKeyEvent(connection_->display, key, False, CurrentTime);
    XSync(connection_->display, False);
}

}  // namespace liqu::test
