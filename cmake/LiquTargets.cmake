# In all three, APART are sources too: those that LIQU_UNITY compiles on their own, because a name in
# their anonymous namespace is a neighbour's as well, or a type from there is a member of a class of
# their header (which GCC takes for a header's mistake in a source that is included).

# liqu_library(NAME SOURCES... [APART sources...] [USES targets...] [EXTERNAL private libraries...])
# One library per folder; what a folder may use follows the ranks in ARCHITECTURE.md.
function(liqu_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;APART;USES;EXTERNAL" ${ARGN})
    if(ARG_SOURCES OR ARG_APART)
        add_library(${name} STATIC ${ARG_SOURCES} ${ARG_APART})
        target_link_libraries(${name} PUBLIC liqu_options ${ARG_USES} PRIVATE ${ARG_EXTERNAL})
        liqu_precompiled(${name})
        liqu_together(${name} ${ARG_APART})
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE liqu_options ${ARG_USES})
    endif()
endfunction()

# liqu_program(NAME SOURCES... [APART sources...] [USES targets...])
function(liqu_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;APART;USES" ${ARGN})
    add_executable(${name} ${ARG_SOURCES} ${ARG_APART})
    target_link_libraries(${name} PRIVATE liqu_options ${ARG_USES})
    liqu_precompiled(${name})
    liqu_together(${name} ${ARG_APART})
endfunction()

# liqu_test(NAME LABEL unit|scenario|stack|window SOURCES... [APART sources...] [USES targets...]
#           [BYTES] [TIMEOUT s] [ALONE file])
# A doctest program, run by ctest as one test, and the cases of the ALONE file as another beside it;
# doctest's main comes from tests/main.cpp, compiled once. Unit and scenario tests are built when they
# are asked for: `tests_unit tests_scenario`. BYTES: what is tested reads bytes from outside the box;
# CI runs it under sanitizers too (`tests_bytes`).
function(liqu_test name)
    cmake_parse_arguments(ARG "BYTES" "LABEL;TIMEOUT;ALONE" "SOURCES;APART;USES" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 900)
    endif()
    add_executable(${name} ${ARG_SOURCES} ${ARG_APART})
    target_link_libraries(${name} PRIVATE liqu_options liqu_test_main ${ARG_USES})
    target_compile_definitions(${name} PRIVATE LIQU_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    liqu_precompiled_test(${name})
    liqu_together(${name} ${ARG_APART})
    # tests_unit, tests_scenario …: what a run of that label needs, and nothing else.
    set(labels ${ARG_LABEL})
    if(ARG_BYTES)
        list(APPEND labels bytes)
    endif()
    foreach(label ${labels})
        if(NOT TARGET tests_${label})
            add_custom_target(tests_${label})
        endif()
        add_dependencies(tests_${label} ${name})
    endforeach()
    set(tests ${name})
    if(ARG_ALONE)
        get_filename_component(file ${ARG_ALONE} NAME_WE)
        list(APPEND tests ${name}_${file})
        add_test(NAME ${name} COMMAND ${name} --source-file-exclude=*/${ARG_ALONE})
        add_test(NAME ${name}_${file} COMMAND ${name} --source-file=*/${ARG_ALONE})
    else()
        add_test(NAME ${name} COMMAND ${name})
    endif()
    if(ARG_LABEL MATCHES "^(unit|scenario)$")
        set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
    # What may take long begins first, so that the last minute has more than one test.
    set_tests_properties(${tests} PROPERTIES
        LABELS "${labels}" TIMEOUT ${ARG_TIMEOUT} COST ${ARG_TIMEOUT})
endfunction()

function(liqu_together name)
    if(LIQU_UNITY)
        set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
        set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
endfunction()

# One precompiled header for the whole build, compiled once; tests have doctest in theirs.
function(liqu_precompiled name)
    liqu_precompiled_from(liqu_pch ${name})
endfunction()

function(liqu_precompiled_test name)
    # Cases run once and are all asserts: optimising them takes longer than it saves.
    target_compile_definitions(${name} PRIVATE DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
    target_compile_options(${name} PRIVATE -O0)
    liqu_precompiled_from(liqu_test_pch ${name} <doctest/doctest.h>)
endfunction()

function(liqu_precompiled_from pch name)
    if(NOT LIQU_PRECOMPILED)
        return()
    endif()
    if(NOT TARGET ${pch})
        add_library(${pch} STATIC ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
        target_link_libraries(${pch} PRIVATE liqu_options)
        if(ARGN)
            target_compile_definitions(${pch} PRIVATE DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
            target_compile_options(${pch} PRIVATE -O0)
        endif()
        target_precompile_headers(${pch} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.hpp ${ARGN})
    endif()
    target_precompile_headers(${name} REUSE_FROM ${pch})
endfunction()
