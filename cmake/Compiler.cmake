# Warnings, sanitizers, the compiler cache and the precompiled header: the same for every target.

set(DOCKET_SANITIZE "" CACHE STRING "Sanitizers, comma separated (address,undefined or thread)")

find_program(CCACHE ccache)
if(CCACHE)
  # The precompiled header and its time stamps would otherwise defeat the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE})
endif()

add_library(docket_options INTERFACE)
target_compile_options(docket_options INTERFACE -Wall -Wextra -Wpedantic -Werror)
target_include_directories(docket_options INTERFACE ${CMAKE_SOURCE_DIR})
target_link_options(docket_options INTERFACE -Wl,-z,relro,-z,now)
# What the library and the compiler check while the program runs: bounds of containers, sizes of
# copies, the stack, where a jump may land. _FORTIFY_SOURCE wants the optimizer, which tests do
# without (cmake/Tests.cmake).
target_compile_definitions(docket_options INTERFACE _GLIBCXX_ASSERTIONS
  $<$<AND:$<CONFIG:Release>,$<NOT:$<BOOL:$<TARGET_PROPERTY:DOCKET_UNOPTIMIZED>>>>:_FORTIFY_SOURCE=3>)
target_compile_options(docket_options INTERFACE -fstack-protector-strong -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64")
  target_compile_options(docket_options INTERFACE -fcf-protection)
endif()
if(CCACHE)
  target_compile_options(docket_options INTERFACE -fpch-preprocess)
endif()
if(DOCKET_SANITIZE)
  target_compile_options(docket_options INTERFACE -fsanitize=${DOCKET_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(docket_options INTERFACE -fsanitize=${DOCKET_SANITIZE})
endif()

# docket_precompile(target headers...): the standard library and the JSON libraries are parsed once
# a target, and the further headers that most of its files need.
function(docket_precompile target)
  target_link_libraries(${target} PRIVATE PkgConfig::simdjson)
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <string>
    <string_view> <tuple> <utility> <variant> <vector> <fmt/format.h> <nlohmann/json.hpp>
    <simdjson.h> <tl/expected.hpp> ${ARGN})
endfunction()

# docket_together(target files [few]): up to so many source files of one folder are compiled as one,
# because what a file costs is mostly the templates of the JSON, HTTP and option libraries, which are
# then instantiated once. Folders of less than `few` files (2) go together. Names in anonymous
# namespaces have to differ inside a folder; a new file disturbs no other folder.
option(DOCKET_TOGETHER "Compile several source files as one" ON)
function(docket_together target files)
  set(few ${ARGN})
  if(NOT few)
    set(few 2)
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${DOCKET_TOGETHER} UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  list(SORT sources)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(RELATIVE_PATH folder BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
    string(MAKE_C_IDENTIFIER "in_${folder}" key)
    list(APPEND folders ${key})
    list(APPEND ${key} ${source})
  endforeach()
  list(REMOVE_DUPLICATES folders)
  foreach(key IN LISTS folders)
    list(LENGTH ${key} count)
    set(group ${key})
    if(count LESS few)
      set(group few)
    endif()
    set(taken 0)
    foreach(source IN LISTS ${key})
      math(EXPR share "${taken} / ${files}")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group}_${share})
      math(EXPR taken "${taken} + 1")
    endforeach()
  endforeach()
endfunction()

# docket_allocator(target): an executable that people run gets its memory from jemalloc, unless a
# sanitizer must see every allocation.
function(docket_allocator target)
  if(NOT DOCKET_SANITIZE)
    target_link_libraries(${target} PRIVATE -Wl,--no-as-needed PkgConfig::jemalloc)
  endif()
endfunction()
