# What stands outside the project, in two bundles.
#
#   ground   what the mechanisms rest on
#   records  what the office's records need besides
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(ZMQ REQUIRED IMPORTED_TARGET libzmq>=4.3.4)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.37)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(INIH REQUIRED IMPORTED_TARGET inih)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.14)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(PROTOBUF_C REQUIRED IMPORTED_TARGET libprotobuf-c>=1.4)
pkg_check_modules(SYSTEMD IMPORTED_TARGET libsystemd)

# libcsv ships no .pc file.
find_library(CSV_LIBRARY csv REQUIRED)
find_path(CSV_INCLUDE csv.h REQUIRED)

find_program(PROTOC_C protoc-c REQUIRED)
find_program(PROTOC protoc)

add_library(ground INTERFACE)
target_link_libraries(ground INTERFACE PkgConfig::ZMQ PkgConfig::SQLITE
    PkgConfig::SODIUM PkgConfig::INIH OpenSSL::Crypto)
if(SYSTEMD_FOUND)
	target_link_libraries(ground INTERFACE PkgConfig::SYSTEMD)
	target_compile_definitions(ground INTERFACE HAVE_SYSTEMD=1)
endif()

add_library(records INTERFACE)
target_link_libraries(records INTERFACE PkgConfig::JANSSON
    PkgConfig::UTF8PROC "${CSV_LIBRARY}")
target_include_directories(records SYSTEM INTERFACE "${CSV_INCLUDE}")
