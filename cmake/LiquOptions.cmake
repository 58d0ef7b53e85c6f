# Compiler settings every target of the house shares.
set(LIQU_SANITIZE "" CACHE STRING "Sanitizers to build with, as for -fsanitize=")
option(LIQU_FUZZ "Build the fuzz targets (needs Clang)" OFF)
option(LIQU_UNITY "Compile several sources at once: a whole build takes half the time" OFF)
option(LIQU_PRECOMPILED "Use a precompiled header of the standard library" ON)
option(LIQU_TESTS "Build the tests and the simulated world, not only what is installed" ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE_PROGRAM})
endif()

add_library(liqu_options INTERFACE)
target_include_directories(liqu_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(liqu_options INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)
# Some libraries ask for -pthread; all targets have it, so that all share the precompiled header.
target_compile_options(liqu_options INTERFACE -pthread)
target_link_options(liqu_options INTERFACE -pthread)

# -O3 of GCC 12 warns falsely on string concatenation; -Og in Debug: the sanitized build and its
# tests together take the least time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    if(LIQU_PRECOMPILED)
        target_compile_options(liqu_options INTERFACE -fpch-preprocess)
    endif()
    # GCC 12 reports these falsely on inlined std::string moves (GCC bugs 105329, 105651);
    # AddressSanitizer watches the real thing.
    target_compile_options(liqu_options INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
else()
    # GCC is the judge of warnings. Clang counts signedness as conversion and would warn about more.
    target_compile_options(liqu_options INTERFACE -Wno-error -Wno-sign-conversion)
endif()
if(LIQU_SANITIZE)
    target_compile_options(liqu_options INTERFACE -fsanitize=${LIQU_SANITIZE} -fno-omit-frame-pointer
                                                  -fno-sanitize-recover=all)
    if(LIQU_SANITIZE MATCHES "address")
        # Whoever uses a null pointer is stopped anyway; asking each time takes a sixth of the build.
        target_compile_options(liqu_options INTERFACE -fno-sanitize=null)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # The instrumentation makes GCC 12 see uninitialised members in <regex> (GCC bug 105562);
        # the release build keeps the warning.
        target_compile_options(liqu_options INTERFACE -Wno-maybe-uninitialized)
    endif()
    target_link_options(liqu_options INTERFACE -fsanitize=${LIQU_SANITIZE})
endif()
if(LIQU_FUZZ)
    # The libraries report which branches an input reached; liqu_fuzz links the fuzzer itself.
    target_compile_options(liqu_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
