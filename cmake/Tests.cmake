# docket_unoptimized(target): tests are run a few times and compiled often, so the optimizer would
# cost more than it gives.
function(docket_unoptimized target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O0>)
  set_target_properties(${target} PROPERTIES DOCKET_UNOPTIMIZED ON)
endfunction()

# docket_test(name SOURCES files... LINK targets...): one binary, one ctest entry, because the
# coverage gate of a workflow needs the whole run.
function(docket_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT arg_SOURCES)
    return()  # A folder whose first test is still to come.
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} docket_options GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE DOCKET_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             DOCKET_BINARY_DIR="${CMAKE_BINARY_DIR}")
  docket_unoptimized(${name})
  # Below a handful of files the header costs more than it saves.
  list(LENGTH arg_SOURCES count)
  if(count GREATER 3)
    docket_precompile(${name})
  endif()
  docket_together(${name} 6)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
  if(arg_LABELS)
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
  endif()
endfunction()
