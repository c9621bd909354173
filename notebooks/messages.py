"""What the set-up says, in both languages. It speaks before any package is installed, so it has its own few words."""

import sys

LANGUAGES = ("vi", "en")

# key: (Vietnamese, English)
WORDS: dict[str, tuple[str, str]] = {
    "usage": (
        "Cách dùng: python3 notebooks [open|kit|questions|lock] [--lang vi|en] …\n"
        "  open          mở khóa học (mặc định); lần đầu sẽ cài đặt những gì cần thiết\n"
        "  kit [NN …]    dành cho giảng viên: phiếu học tập để in, trang trình chiếu và đáp án của các bài NN (không nêu bài nào thì làm mọi bài)\n"
        "  questions report|moodle|gift\n"
        "                dành cho giảng viên: báo cáo về bộ câu hỏi, hoặc xuất bộ câu hỏi sang Moodle XML hay GIFT\n"
        "  lock          dành cho người soạn: tính lại phiên bản của các gói trong notebooks/requirements.lock\n"
        "  --lang        ngôn ngữ của khóa học: vi (mặc định) hoặc en\n"
        "  --port        cổng của JupyterLab trên máy này; nếu không nêu thì tự chọn cổng còn trống\n"
        "  --no-browser  không mở trình duyệt, chỉ in địa chỉ\n"
        "  --projector   chữ lớn, để chiếu lên màn hình\n"
        "  --to          kit: thư mục, questions: tệp để ghi vào; nếu không nêu thì ghi vào thư mục kit của khóa học",
        "Usage: python3 notebooks [open|kit|questions|lock] [--lang vi|en] …\n"
        "  open          open the course (the default); the first time it installs what is needed\n"
        "  kit [NN …]    for teachers: handouts to print, slides and an answer key of notebooks NN (all of them when none is named)\n"
        "  questions report|moodle|gift\n"
        "                for teachers: a report on the question bank, or the bank as Moodle XML or GIFT\n"
        "  lock          for authors: work out the package versions in notebooks/requirements.lock again\n"
        "  --lang        language of the course: vi (the default) or en\n"
        "  --port        JupyterLab's port on this machine; without it a free one is chosen\n"
        "  --no-browser  open no browser, only print the address\n"
        "  --projector   large type, for a projector\n"
        "  --to          kit: the folder, questions: the file to write to; without it they go to the course's folder kit",
    ),
    "bad_questions": (
        "Sau questions cần đúng một trong ba từ report, moodle, gift; không nhận “{given}”.",
        "questions takes one of report, moodle, gift; not “{given}”.",
    ),
    "bad_arguments": (
        "Không hiểu tham số “{given}”; gõ python3 notebooks --help để xem cách dùng.",
        "“{given}” was not understood; python3 notebooks --help shows what can be given.",
    ),
    "bad_language": (
        "--lang chỉ nhận vi hoặc en, không nhận “{given}”.",
        "--lang takes vi or en, not “{given}”.",
    ),
    "bad_port": (
        "--port cần một số nguyên từ 1 đến 65535, không nhận “{given}”.",
        "--port takes a whole number from 1 to 65535, not “{given}”.",
    ),
    "port_taken": (
        "Cổng {port} đang được chương trình khác dùng hoặc bị hệ thống giữ; hãy chọn số khác hoặc bỏ --port.",
        "Port {port} is used by another program or reserved by the system; choose another number or leave --port out.",
    ),
    "no_notebook": (
        "Không tìm thấy bài mở đầu 00-….ipynb trong {folder}; hãy tải lại đầy đủ khóa học.",
        "The opening notebook 00-….ipynb is not in {folder}; please get the whole course again.",
    ),
    "missing_file": (
        "Thiếu hoặc không đọc được tệp {file}; hãy tải lại đầy đủ khóa học.",
        "The file {file} is missing or cannot be read; please get the whole course again.",
    ),
    "first": (
        "Chuẩn bị môi trường lần đầu (khoảng một phút, cần mạng) trong {folder}",
        "Setting up for the first time (about a minute, needs the network) in {folder}",
    ),
    "waiting": (
        "Một lệnh khác đang chuẩn bị môi trường {folder}; chờ lệnh đó xong.",
        "Another command is setting up {folder}; waiting for it to finish.",
    ),
    "broken": (
        "Môi trường {folder} không dùng được ({reason}); đang làm lại từ đầu.",
        "The environment {folder} cannot be used ({reason}); making it anew.",
    ),
    "changed": (
        "Danh sách gói đã thay đổi hoặc cần thêm gói; đang cập nhật môi trường.",
        "The list of packages has changed or more are needed; updating the environment.",
    ),
    "unfinished": ("lần cài đặt trước chưa xong", "the last installation was not finished"),
    "moved": ("thư mục khóa học đã được chuyển chỗ", "the course's folder was moved"),
    "dead": ("Python trong đó không chạy nữa", "the Python in it no longer runs"),
    "step_venv": ("1/3 Tạo môi trường Python riêng…", "1/3 Making a Python environment of its own…"),
    "step_uv": ("2/3 Tải công cụ cài đặt uv…", "2/3 Getting the installer uv…"),
    "step_packages": ("3/3 Tải và cài các gói của khóa học…", "3/3 Getting and installing the course's packages…"),
    "again": ("Chưa cài được; đang thử lại một lần nữa…", "That did not work; trying once more…"),
    "done": ("Đã xong sau {seconds} giây.", "Done in {seconds} seconds."),
    "foreign": (
        "{folder} không phải là môi trường của khóa học nên không bị xóa; hãy đổi tên hoặc chuyển nó đi rồi chạy lại.",
        "{folder} is not the course's environment, so it was left alone; rename or move it, then run the command again.",
    ),
    "no_ensurepip": (
        "Python này thiếu phần tạo môi trường; trên Debian hay Ubuntu hãy chạy “sudo apt install python3-venv” rồi thử lại.",
        "This Python cannot make environments; on Debian or Ubuntu run “sudo apt install python3-venv”, then try again.",
    ),
    "no_network": (
        "Không tải được các gói: lần chạy đầu cần mạng. Hãy kiểm tra kết nối (hoặc máy chủ proxy) rồi chạy lại.",
        "The packages could not be downloaded: the first run needs the network. Check the connection (or proxy), then run the command again.",
    ),
    "no_space": (
        "Đĩa đã đầy nên chưa cài xong vào {folder}; hãy giải phóng khoảng 1 GB rồi chạy lại.",
        "The disk is full, so installing into {folder} was not finished; free about 1 GB, then run the command again.",
    ),
    "read_only": (
        "Không được ghi vào {folder}; hãy chép khóa học sang thư mục của bạn (hoặc đóng chương trình đang dùng nó) rồi chạy lại.",
        "{folder} cannot be written to; copy the course to a folder of yours (or close the program that is using it), then run the command again.",
    ),
    "bad_hash": (
        "Một gói tải về không khớp mã băm trong requirements.lock nên không được cài; hãy thử lại ở một mạng khác.",
        "A downloaded package does not match its hash in requirements.lock, so it was not installed; try again on another network.",
    ),
    "failed": (
        "Chưa cài đặt xong vào {folder}; công cụ cài đặt báo: {reason}",
        "Installing into {folder} was not finished; the installer says: {reason}",
    ),
    "locked": ("Đã ghi {file}.", "Wrote {file}."),
    "opening": ("Đang mở JupyterLab…", "Opening JupyterLab…"),
    "ready": (
        "Khóa học đang mở tại {address} (nhấn Ctrl+C để đóng).",
        "The course is open at {address} (press Ctrl+C to close it).",
    ),
    "no_browser": (
        "Không mở được trình duyệt; hãy tự mở địa chỉ {address} (nhấn Ctrl+C để đóng khóa học).",
        "No browser could be opened; please open {address} yourself (press Ctrl+C to close the course).",
    ),
    "server_failed": (
        "JupyterLab không khởi động được; chi tiết nằm trong {log}.",
        "JupyterLab did not start; the details are in {log}.",
    ),
    "closed": (
        "Đã đóng khóa học; những gì bạn đã lưu vẫn còn nguyên.",
        "The course is closed; everything you saved is still there.",
    ),
    "interrupted": (
        "Đã dừng giữa chừng; lần chạy sau sẽ làm lại phần còn thiếu.",
        "Stopped half-way; the next run makes what is missing.",
    ),
}

_language = "vi"


class Stop(Exception):
    """The command cannot go on. Its message is one sentence for the person in front of the screen."""


def use(language: str) -> None:
    """Speak this language (one of LANGUAGES) from now on."""
    global _language
    _language = language
    for stream in (sys.stdout, sys.stderr):
        # A Windows console page or a redirection may not know Vietnamese letters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(key: str, **values: object) -> str:
    """Return the words of a key in the language in use, with the values put in. Raises KeyError for an unknown key."""
    return WORDS[key][LANGUAGES.index(_language)].format(**values)


def tell(key: str, **values: object) -> None:
    """Print the words of a key at once, so that they stand before what a started program prints."""
    print(say(key, **values), flush=True)


def tell_stop(stop: Stop) -> int:
    """Print why the command stops and return its exit code."""
    print(stop, file=sys.stderr, flush=True)
    return 1
