# The house: language, warnings, sanitizers and hardening for all our code,
# and the few functions that turn a folder into a target.
#
#   house_flags  how code is generated; for generated sources too
#   house        house_flags + every warning; for what people write
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_C_COMPILER_LAUNCHER)
	set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(house_flags INTERFACE)
target_compile_definitions(house_flags INTERFACE
    _GNU_SOURCE
    PETITION_VERSION="${PROJECT_VERSION}"
    PETITION_DATA_DIR="${CMAKE_INSTALL_FULL_DATADIR}/petition-relay"
    $<$<BOOL:${PETITION_TEST_HOOKS}>:PETITION_TEST_HOOKS=1>
    $<$<BOOL:${PETITION_MUTANTS}>:PETITION_MUTANTS=1>)

if(HOUSE_SANITIZE)
	target_compile_options(house_flags INTERFACE
	    -fsanitize=${HOUSE_SANITIZE} -fno-sanitize-recover=all
	    -fno-omit-frame-pointer)
	# libFuzzer's own main is linked by the fuzz targets alone.
	target_link_options(house_flags INTERFACE
	    -fsanitize=${HOUSE_SANITIZE})
endif()

if(HOUSE_HARDEN)
	target_compile_options(house_flags INTERFACE
	    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong
	    -fstack-clash-protection
	    # clang 14 rejects the zeroing of automatic variables.
	    $<$<C_COMPILER_ID:GNU>:-ftrivial-auto-var-init=zero>)
	if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i.86")
		target_compile_options(house_flags INTERFACE
		    -fcf-protection=full)
	endif()
	target_link_options(house_flags INTERFACE
	    -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed)
endif()

if(HOUSE_TRACE)
	target_compile_options(house_flags INTERFACE -finstrument-functions)
endif()

add_library(house INTERFACE)
target_link_libraries(house INTERFACE house_flags)
target_compile_options(house INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wvla
    -Walloca -Wcast-qual -Wnull-dereference -Wformat=2 -Wstrict-prototypes
    -Wmissing-prototypes -Wold-style-definition -Wundef -Wswitch-enum
    -Wimplicit-fallthrough -Wpointer-arith -Wwrite-strings
    $<$<C_COMPILER_ID:GNU>:-Wduplicated-cond>
    $<$<C_COMPILER_ID:GNU>:-Wlogical-op>
    $<$<C_COMPILER_ID:GNU>:-Wcast-align=strict>
    $<$<BOOL:${HOUSE_WERROR}>:-Werror>)
# A folder, with those below it, becomes a static library, or an empty INTERFACE one as long as it
# holds no source, so that the arrows below it can be drawn from the first day.
function(house_library name folder)
	file(GLOB_RECURSE files CONFIGURE_DEPENDS
	    "${CMAKE_SOURCE_DIR}/${folder}/*.c")
	list(REMOVE_ITEM files "${CMAKE_SOURCE_DIR}/${folder}/main.c")
	if(files)
		add_library(${name} STATIC ${files})
		target_link_libraries(${name} PRIVATE house)
		# Sanitizers pad the frames: the limit is for the plain code.
		if(NOT HOUSE_SANITIZE)
			target_compile_options(${name} PRIVATE
			    -Wframe-larger-than=16384)
		endif()
	else()
		add_library(${name} INTERFACE)
	endif()
endfunction()

# target_link_libraries() that also suits a library without sources.
function(house_link name)
	get_target_property(type ${name} TYPE)
	foreach(word IN LISTS ARGN)
		if(word MATCHES "^(PUBLIC|PRIVATE)$")
			set(scope ${word})
		elseif(type STREQUAL "INTERFACE_LIBRARY")
			target_link_libraries(${name} INTERFACE ${word})
		else()
			target_link_libraries(${name} ${scope} ${word})
		endif()
	endforeach()
endfunction()

function(house_include name folder)
	get_target_property(type ${name} TYPE)
	if(type STREQUAL "INTERFACE_LIBRARY")
		target_include_directories(${name} INTERFACE "${folder}")
	else()
		target_include_directories(${name} PUBLIC "${folder}")
	endif()
endfunction()

# A daemon is its folder's library and a main.c of wiring.
function(house_program name library)
	file(GLOB file CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${name}/main.c")
	if(file)
		add_executable(${name} "${file}")
		if(HOUSE_TRACE)
			target_sources(${name} PRIVATE
			    "${CMAKE_SOURCE_DIR}/tests/walk/trace.c")
		endif()
		target_link_libraries(${name} PRIVATE ${library} house)
		add_dependencies(programs ${name})
		install(TARGETS ${name}
		    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
	endif()
endfunction()
